// Check characters: GB 32100 (social credit code) and GB 11643 (identity number).

const USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY";

export function usccHolds(code) {
  if (!/^[0-9A-HJ-NP-RTUW-Y]{18}$/.test(code)) return false;
  let sum = 0;
  for (let place = 0; place < 17; place += 1) sum += USCC.indexOf(code[place]) * (3 ** place % 31);
  return USCC[(31 - (sum % 31)) % 31] === code[17];
}

export function identityHolds(number) {
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  let sum = 0;
  for (let place = 0; place < 17; place += 1) sum += Number(number[place]) * (2 ** (17 - place) % 11);
  return "10X98765432"[sum % 11] === number[17];
}
