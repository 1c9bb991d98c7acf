"""Codes with right check digits: unified social credit codes (GB 32100) and identity numbers (GB 11643)."""

from datetime import date

from stdnum.cn import ric, uscc

from .chance import Chance

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

# Serials that birth registers of a county hardly ever reach in a day, so that no living person is meant.
RARE_SERIALS = (970, 995)


def credit_code(chance: Chance, head: str, region_code: str) -> str:
    """A unified social credit code; ``head``: 91 firms, 92 individual businesses, 12 public and 52 civil bodies."""
    organisation = "".join(chance.pick(_ALPHABET) for _ in range(8))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest = (11 - sum(values.index(sign) * weight for sign, weight in zip(organisation, weights, strict=True)) % 11) % 11
    stem = f"{head}{region_code}{organisation}{'X' if rest == 10 else rest}"
    return stem + str(uscc.calc_check_digit(stem + "0"))


def identity_number(chance: Chance, region_code: str, born_on: date) -> str:
    """A resident identity number."""
    stem = f"{region_code}{born_on:%Y%m%d}{chance.count(*RARE_SERIALS)}"
    return stem + str(ric.calc_check_digit(stem + "0"))
