"""The family with the genotypes of a finding; who was not looked at is drawn, and says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from hies_annot.render.figures.marks import box, figure, line, short_c, text
from hies_annot.render.stated_zygosity import zygosity_words
from hies_annot.render.words import word
from hies_annot.results.contract import ConditionResult, SampleResult
from hies_annot.results.variant_contract import VariantResult

CARRIAGE = {
    "absent": "absent",
    "inferred": "0/0 without depth: not measured",
    "one_copy": "one copy",
    "two_copies": "two copies",
    "at_least_one_copy": "at least one copy",
    "unclear": "unclear",
    "not_looked_at": "not looked at",
}
_SIZE = 26
_SIBLINGS = 2
"""Most siblings that are drawn; the words name them all."""

_SHORT = re.compile(r" \(|; |, ")
"""Where the words of a zygosity end in a figure."""


class _Person(Struct, frozen=True):
    role: str
    name: str
    sex: str
    affected: str
    genotypes: tuple[str, ...]
    known: bool = True


def pedigree(
    condition: ConditionResult, result: SampleResult, variants: Mapping[str, VariantResult]
) -> Markup:
    """Return the figure of one finding: parents above, the sample and siblings below."""
    parents = [_parent(role, condition, variants) for role in ("father", "mother")]
    others = [
        _relative(person.role, person.sample, "unknown", person.affected, person.alleles, variants)
        for person in condition.relatives
        if person.role == "sibling"
    ]
    child = _child(condition, result, variants)
    lines = len(condition.variants)
    shown = [child, *others[:_SIBLINGS]]
    return figure(
        f"Family and genotypes, {condition.gene}",
        " ".join(_words(person) for person in (*parents, child, *others))
        + " Square: male; circle: female; diamond: sex not given; filled: affected; "
        "?: disease state not known; dashed: not looked at.",
        112 + 26 * lines,
        _drawn(parents, shown, lines),
    )


def _parent(
    role: str, condition: ConditionResult, variants: Mapping[str, VariantResult]
) -> _Person:
    sex = "male" if role == "father" else "female"
    for person in condition.relatives:
        if person.role == role:
            return _relative(role, person.sample, sex, person.affected, person.alleles, variants)
    return _Person(role, "not given", sex, "unknown", ("not looked at",), known=False)


def _relative(
    role: str,
    name: str,
    sex: str,
    affected: str,
    alleles: Mapping[str, str],
    variants: Mapping[str, VariantResult],
) -> _Person:
    genotypes = tuple(f"{_name(key, variants)}: {word(CARRIAGE, s)}" for key, s in alleles.items())
    known = any(state != "not_looked_at" for state in alleles.values())
    return _Person(role, name, sex, affected, genotypes, known)


def _child(
    condition: ConditionResult, result: SampleResult, variants: Mapping[str, VariantResult]
) -> _Person:
    said = result.specification
    genotypes = tuple(
        f"{_name(key, variants)}: {_SHORT.split(zygosity_words(variants[key]), maxsplit=1)[0]}"
        for key in condition.variants
        if key in variants
    )
    sex, affected = str(said.get("sex")), str(said.get("affected"))
    return _Person("this sample", result.sample, sex, affected, genotypes)


def _name(identifier: str, variants: Mapping[str, VariantResult]) -> str:
    variant = variants.get(identifier)
    return short_c(variant.hgvs_c if variant else None, identifier)


def _words(person: _Person) -> str:
    state = person.affected if person.affected in ("affected", "unaffected") else "state not known"
    return f"{person.role} {person.name} ({state}): {'; '.join(person.genotypes) or 'not given'}."


def _drawn(parents: Sequence[_Person], children: Sequence[_Person], lines: int) -> Iterator[Markup]:
    low = 72 + 13 * lines
    places = [340 + 190 * (number - (len(children) - 1) / 2) for number in range(len(children))]
    yield line(270, 24, 410, 24)
    yield line(340, 24, 340, low - 26)
    yield line(places[0], low - 26, places[-1], low - 26)
    for x, side, person in zip((270.0, 410.0), (-1, 1), parents, strict=True):
        yield from _one(person, x, 24, side)
    for x, person in zip(places, children, strict=True):
        yield line(x, low - 26, x, low)
        yield from _one(person, x, low)


def _one(person: _Person, x: float, y: float, side: int = 1) -> Iterator[Markup]:
    style = "full" if person.affected == "affected" else "none"
    style += "" if person.known else " dash"
    half = _SIZE / 2
    if person.sex == "male":
        yield box(x - half, y - half, _SIZE, _SIZE, style)
    elif person.sex == "female":
        yield Markup('<circle cx="{}" cy="{}" r="{}" class="{}"/>').format(x, y, half, style)
    else:
        yield Markup('<path d="M{} {}m0 -15l15 15l-15 15l-15 -15z" class="{}"/>').format(
            x, y, style
        )
    if person.affected not in ("affected", "unaffected"):
        yield text(x, y + 4, "?", "middle", "b")
    name = person.name if len(person.name) <= 22 else f"{person.name[:19]}..."
    anchor, beside = ("start", x + 20) if side > 0 else ("end", x - 20)
    yield text(beside, y - 6, f"{person.role}: {name}", anchor, "b")
    for number, genotype in enumerate(person.genotypes):
        yield text(beside, y + 9 + 13 * number, genotype, anchor)
