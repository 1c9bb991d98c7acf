// Amounts: fen as whole numbers (BigInt), printed with separators and in capitals exactly as the server does.

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "万亿"];

export function parseYuan(text) {
  let plain = text.trim().replace(/^[¥￥]/, "").replace(/元$/, "").trim();
  if (/^\d{1,3}([,，]\d{3})+(\.\d{1,2})?$/.test(plain)) plain = plain.replace(/[,，]/g, "");
  if (!/^(0|[1-9]\d{0,11})(\.\d{1,2})?$/.test(plain)) return null;
  const [whole, part = ""] = plain.split(".");
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, "0"));
}

export function separated(fen) {
  const whole = (fen / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}.${(fen % 100n).toString().padStart(2, "0")}`;
}

function groupInCapitals(number) {
  let words = "";
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(number / 10 ** place) % 10;
    if (digit) words += (gap && words ? "零" : "") + DIGITS[digit] + PLACES[place];
    gap = digit === 0;
  }
  return words;
}

function wholeInCapitals(whole) {
  let words = "";
  let gap = false;
  for (let group = 3; group >= 0; group -= 1) {
    const part = Number((whole / 10000n ** BigInt(group)) % 10000n);
    if (part) words += (words && (gap || part < 1000) ? "零" : "") + groupInCapitals(part) + GROUPS[group];
    gap = part === 0;
  }
  return words;
}

export function capitals(fen) {
  const whole = fen / 100n;
  const jiao = Number((fen / 10n) % 10n);
  const cent = Number(fen % 10n);
  let words = whole ? `${wholeInCapitals(whole)}元` : fen ? "" : "零元";
  if (jiao) words += `${DIGITS[jiao]}角`;
  else if (cent && whole) words += "零";
  return `人民币${words}${cent ? `${DIGITS[cent]}分` : "整"}`;
}
