"""Annex 2 as JSON: what the catalogue prints, and the account of each case."""

from typing import Any

from ..material import Material


def cases_as_json(material: Material) -> dict[str, Any]:
    """One document; names are masked as on paper."""
    return {
        "form": material.form_id,
        "campaign": material.campaign.id if material.campaign else None,
        "region": material.region_code,
        "title": material.title,
        "columns": list(material.columns),
        "cases": [
            {
                "position": entry.position,
                "number": entry.case_number,
                "name": entry.name,
                "party": entry.party,
                "decided": entry.decided,
                "facts": entry.facts,
                "law": entry.law,
                "penalty": entry.penalty,
                "account": entry.account,
                "remarks": list(entry.remarks),
            }
            for entry in material.entries
        ],
    }
