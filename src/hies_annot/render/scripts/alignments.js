/* Reads of the reported alleles: the viewer is loaded from beside the pages when a list is opened first. */
(function () {
"use strict";
var given = JSON.parse(document.getElementById("alignment-data").textContent), loading = null;
function viewer(address) {
  loading = loading || new Promise(function (done, failed) {
    var script = document.createElement("script");
    script.src = address; script.onload = done; script.onerror = failed;
    document.head.appendChild(script);
  });
  return loading;
}
function say(place, text) { place.textContent = text; place.className = "note"; }
document.querySelectorAll("details.reads").forEach(function (box) {
  var place = box.querySelector("div"), shown = false;
  box.addEventListener("toggle", function () {
    if (!box.open || shown) return;
    shown = true;
    viewer(box.dataset.viewer).then(function () {
      var settings = Object.assign({
        loadDefaultGenomes: false, showIdeogram: false, showSVGButton: false, showCenterGuide: true,
        showSampleNames: false
      }, given[Number(box.dataset.slice)]);
      return igv.createBrowser(place, settings).then(function () { box.dataset.shown = "yes"; });
    }).catch(function () {
      say(place, "The reads cannot be drawn: " + box.dataset.viewer.replace("../", "") +
        " of the results folder is needed beside the pages. The figures in the table hold.");
    });
  });
});
})();
