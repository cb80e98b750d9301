/* The tables of index.html: paging by DataTables, search, order and what is shown in the address.
   Values come from the data block and reach the page as text nodes only. DataTables' own search is
   not used: it reads values that hold "&" as markup. */
(function () {
"use strict";
var data = JSON.parse(document.getElementById("data").textContent), words = data.words;
var controls = document.getElementById("controls"), query = document.getElementById("query");
var boxes = Array.from(controls.querySelectorAll("input[type=checkbox]"));
var SLOW = 20000, FEW = 200, PAGE = 25, OWN = {sample: 1, status: 1, files: 1};
var lower = words.map(function (word) { return word.toLowerCase(); });
var wanted = [], hidden = Object.create(null), restoring = false;

var naturals = new Map();
function natural(text) {
  var known = naturals.get(text);
  if (known === undefined) {
    known = text.toLowerCase().replace(/\d+/g, function (digits) { return digits.padStart(12, "0"); });
    naturals.set(text, known);
  }
  return known;
}
var ranks = null;
function rankOf(word) {
  if (!ranks) {
    var keys = words.map(natural), order = keys.map(function (_, index) { return index; });
    order.sort(function (a, b) { return keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : 0; });
    ranks = new Uint32Array(words.length);
    order.forEach(function (index, place) { ranks[index] = place; });
  }
  return ranks[word];
}
function text(kind, value) {
  return kind === "status" ? label(value) : OWN[kind] ? value : words[value];
}
function label(status) {
  return Object.hasOwn(data.labels, status) ? data.labels[status] : status.replace(/_/g, " ");
}
function key(kind, value) {
  if (kind === "status") return data.statuses.concat(value).indexOf(value);
  if (kind === "figure") { var figure = parseFloat(words[value]); return isNaN(figure) ? -1 : figure; }
  if (kind === "list") return words[value] ? words[value].split("\n").length : 0;
  return OWN[kind] ? natural(value) : rankOf(value);
}
function make(tag, content, style) {
  var element = document.createElement(tag);
  if (content !== undefined) element.textContent = content;
  if (style) element.className = style;
  return element;
}
function link(path, end, content, label) {
  var element = make("a", content);
  element.href = path.split("/").map(encodeURIComponent).join("/") + end;
  if (label) element.setAttribute("aria-label", label);
  return element;
}
function lines(parent, value) {
  value.split("\n").forEach(function (line, number) {
    if (number) parent.appendChild(make("br"));
    parent.appendChild(document.createTextNode(line));
  });
  return parent;
}
function show(kind, value, path, sample) {
  if (kind === "sample") return path ? link(path, ".html", value) : make("span", value);
  if (kind === "status") return make("span", label(value), "tag s-" + value);
  var box = make("span");
  if (kind === "files") {
    [".json", ".tsv", ".vcf.gz"].forEach(function (end) {
      var name = end.slice(1, 5).replace(".", "").toUpperCase();
      if (value) box.append(link(value, end, name, name + " of " + sample), " ");
    });
    return box;
  }
  if (kind !== "list" || !words[value]) return lines(box, text(kind, value));
  box = make("details");
  box.append(make("summary", String(key(kind, value))), lines(make("div"), words[value]));
  return box;
}
function found(row, columns) {
  return wanted.every(function (word) {
    return columns.some(function (column, place) {
      var value = row[place + 1];
      if (!OWN[column.kind]) return word.hits[value];
      return column.kind !== "files" && text(column.kind, value).toLowerCase().indexOf(word.text) >= 0;
    });
  });
}
function place(columns, kind) {
  return 1 + columns.findIndex(function (column) { return column.kind === kind; });
}
function table(name) {
  var element = document.getElementById("table-" + name), spec = data.tables[name];
  var columns = spec.columns, rows = spec.rows.sort(function (a, b) { return a[0] - b[0]; });
  var files = place(columns, "files"), status = place(columns, "status");
  var made = new DataTable(element, {
    data: rows, autoWidth: false, order: [], orderClasses: false, destroy: true,
    lengthMenu: [PAGE, 100, 1000], pageLength: rows.length <= FEW ? FEW : PAGE,
    paging: rows.length > FEW, layout: {topStart: null, topEnd: null, bottomStart: ["info", "pageLength"]},
    language: {
      info: "_START_ to _END_ of _TOTAL_ " + name, infoEmpty: "No " + name, infoFiltered: "(of _MAX_)",
      lengthMenu: "_MENU_ a page", emptyTable: "None", zeroRecords: "None of these is looked for",
      thousands: ","
    },
    columns: columns.map(function (column, number) {
      return {
        data: null, type: column.kind === "sample" || column.kind === "files" ? "string" : "num", searchable: false, visible: column.kind !== "names",
        width: column.width + "rem", className: column.kind === "figure" ? "n" : "", cellType: column.kind === "sample" ? "th" : "td",
        render: function (_, type, row) {
          var value = row[number + 1];
          if (type === "display") return show(column.kind, value, row[files], row[1]);
          return type === "filter" ? "" : key(column.kind, value);
        }
      };
    }),
    createdRow: function (row) { row.cells[0].setAttribute("scope", "row"); }
  });
  var part = element.closest(".dt-layout-table");
  part.tabIndex = 0; part.setAttribute("role", "region"); part.setAttribute("aria-label", "Table of " + name);
  made.search.fixed("own", function (_, row) {
    return !hidden[row[status]] && (!wanted.length || found(row, columns));
  });
  made.on("draw", save);
  document.getElementById("export-" + name).addEventListener("click", function () {
    others();
    var shown = made.rows({search: "applied", order: "applied"}).data().toArray();
    keep(name + ".tsv", [columns.map(function (column) { return column.title; })].concat(
      shown.map(function (row) {
        return columns.map(function (column, number) { return field(text(column.kind, row[number + 1])); });
      })));
  });
  return made;
}
var guards = data.guards.map(function (guard) { return new RegExp("^(?:" + guard[0] + ")", guard[1]); });
function field(value) {
  var flat = value.replace(/\n/g, "; ").replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ");
  return guards.some(function (guard) { return guard.test(flat); }) ? "'" + flat : flat;
}
function keep(name, rows) {
  var whole = rows.map(function (row) { return row.join("\t"); }).join("\n") + "\n";
  var anchor = make("a"), address = URL.createObjectURL(new Blob([whole], {type: "text/tab-separated-values"}));
  anchor.href = address; anchor.download = "shown_" + name; anchor.click();
  setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
}
function save() {
  if (restoring) return;
  var state = new URLSearchParams(), off = Object.keys(hidden);
  if (query.value) state.set("q", query.value);
  if (off.length) state.set("hide", off.join(","));
  Object.keys(tables).forEach(function (name) {
    var order = tables[name].order(), page = tables[name].page();
    if (order.length && order[0][1]) state.set(name + ".order", order[0][0] + "." + order[0][1]);
    if (page) state.set(name + ".page", page + 1);
    if (tables[name].page.len() !== lengths[name]) state.set(name + ".rows", tables[name].page.len());
  });
  try { history.replaceState(null, "", "#" + state); } catch (refused) { /* a page inside another one */ }
}
function look() {
  wanted = query.value.toLowerCase().split(/\s+/).filter(Boolean).map(function (word) {
    return {text: word, hits: Uint8Array.from(lower, function (each) { return each.indexOf(word) >= 0 ? 1 : 0; })};
  });
  hidden = Object.create(null);
  boxes.forEach(function (box) { if (!box.checked) hidden[box.value] = true; });
}
var due = 0, idle = window.requestIdleCallback || function (work) { return setTimeout(work, 50); };
function apply() { // the table that is read first is there at once, the others when it has been painted
  look();
  tables.samples.draw();
  tell();
  var mine = due += 1;
  idle(function () { if (mine === due) others(); }, {timeout: 1000});
}
function others() {
  if (!due) return;
  due = 0;
  Object.keys(tables).forEach(function (name) { if (name !== "samples") tables[name].draw(); });
}
function tell() {
  var info = tables.samples.page.info();
  document.getElementById("shown").textContent = info.recordsDisplay.toLocaleString("en") + " of " +
    info.recordsTotal.toLocaleString("en") + " samples shown";
}
function restore() {
  var state = new URLSearchParams(location.hash.slice(1)), off = (state.get("hide") || "").split(",");
  restoring = true; due = 0;
  query.value = state.get("q") || "";
  boxes.forEach(function (box) { box.checked = off.indexOf(box.value) < 0; });
  look();
  Object.keys(tables).forEach(function (name) {
    var order = (state.get(name + ".order") || "").split("."), page = Number(state.get(name + ".page")) || 1;
    var known = Number(order[0]) < data.tables[name].columns.length && /^(asc|desc)$/.test(order[1]);
    tables[name].page.len(Number(state.get(name + ".rows")) || lengths[name]);
    tables[name].order(known ? [[Number(order[0]), order[1]]] : []).draw();
    if (page > 1 && page <= tables[name].page.info().pages) tables[name].page(page - 1).draw("page");
  });
  tell();
  restoring = false;
}
var waiting = 0;
function soon() {
  clearTimeout(waiting);
  waiting = data.tables.samples.rows.length > SLOW ? setTimeout(apply, 200) : apply();
}
var tables = {}, lengths = {};
Object.keys(data.tables).forEach(function (name) {
  tables[name] = table(name);
  lengths[name] = tables[name].page.len();
});
controls.hidden = false;
document.documentElement.className = "scripted";
restore();
idle(function () { // the first order by a column finds its keys made
  rankOf(0);
  data.tables.samples.rows.forEach(function (row) { natural(row[1]); });
});
query.addEventListener("input", soon);
boxes.forEach(function (box) { box.addEventListener("change", apply); });
document.getElementById("reset").addEventListener("click", function () { location.hash = ""; restore(); });
window.addEventListener("hashchange", restore);
})();
