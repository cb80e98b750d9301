"""Parts that FHIR resources are put together from; a part without a value is left out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from hies_annot.render.exchange.fhir_codes import COMPONENTS, GENETICS, GUIDE, LABORATORY, Code
from hies_annot.results.contract import SampleResult

Part = dict[str, Any]
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:hies-annot:fhir")


def concept(*codes: Code, text: str | None = None) -> Part:
    """Return a CodeableConcept."""
    codings = [code._asdict() for code in codes]
    return {**({"coding": codings} if codings else {}), **({"text": text} if text else {})}


def named(system: str, name: str) -> Part:
    """Return a concept of which the code is a name, such as one of HGVS."""
    return concept(Code(system, name, name))


def component(kind: str, **value: object) -> list[Part]:
    """Return a component in a list, empty where its value is None."""
    if None in value.values():
        return []
    return [{"code": concept(COMPONENTS[kind]), **value}]


def address(result: SampleResult, kind: str, key: str = "") -> str:
    """Return the address of a resource within its bundle: the same for the same sample."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, repr((result.batch, result.sample, kind, key)))}"


def reference(place: str) -> Part:
    """Return a reference to a resource of the bundle."""
    return {"reference": place}


def subject(result: SampleResult) -> Part:
    """Return the person as a reference by sample id alone: no resource describes the person."""
    return {"type": "Patient", "identifier": {"value": result.sample}}


def profiled(kind: str, profile: str) -> Part:
    """Return the head of a resource that claims a profile of the guide."""
    return {
        "resourceType": kind,
        "meta": {"profile": [f"{GUIDE}/StructureDefinition/{profile}"]},
    }


def observation(result: SampleResult, profile: str, code: Code) -> Part:
    """Return the head of an observation; `preliminary`, for nobody has verified it."""
    return {
        **profiled("Observation", profile),
        "status": "preliminary",
        "category": [concept(LABORATORY), concept(GENETICS)],
        "code": concept(code),
        "subject": subject(result),
    }


def extension(name: str, **value: object) -> Part:
    """Return an extension of the guide."""
    return {"url": f"{GUIDE}/StructureDefinition/{name}", **value}


def entries(resources: Iterable[tuple[str, Part]]) -> list[Part]:
    """Return the entries of a bundle, from addresses and resources."""
    return [{"fullUrl": place, "resource": resource} for place, resource in resources]
