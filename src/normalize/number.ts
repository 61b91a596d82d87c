import { cleanText } from './text'

/**
 * A plain decimal such as `1234.5` from the ways people and vendors write numbers: grouping, comma decimals, currency
 * signs, `k`, `M`, `bn`, a trailing `+`. Ranges and per cents are refused.
 */
export function normalizeNumber(text: string): string | undefined {
  const bare = cleanText(text.normalize('NFKC'))
    .replace(/−/g, '-')
    .replace(/^(?:about|around|approx\.?|over|more than|circa|ca\.?|~|≈|>=?|\+)\s*/i, '')
  const found =
    /^(-?)\s*([A-Z]{0,3}\s?\p{Sc}?)\s*(-?)(\d[\d.,'’ ]*?)([eE]\+?\d{1,2})?\s*([a-zA-Z]*)\.?\s*\+?\s*(\p{Sc}|[A-Z]{3})?$/u.exec(
      bare,
    )
  if (!found) return undefined
  const [, sign, before = '', innerSign, digits = '', exponent = '', unit = '', after = ''] = found
  const scale = scaleOf(unit.toLowerCase()) ?? (/^[A-Z]{3}$/.test(unit) ? 1 : undefined)
  const decimal = readDecimal(digits)
  if (decimal === undefined || scale === undefined || (before && after)) return undefined
  const value = Number(decimal + exponent) * scale
  // Beyond 2^53 the digits would be invented.
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined
  const plain = trimZeros(value.toFixed(6))
  return (sign || innerSign) && plain !== '0' ? `-${plain}` : plain
}

function scaleOf(unit: string): number | undefined {
  switch (unit) {
    case '':
      return 1
    case 'k':
    case 'thousand':
    case 'tsd':
      return 1e3
    case 'm':
    case 'mn':
    case 'mm':
    case 'mio':
    case 'million':
    case 'millions':
    case 'millionen':
      return 1e6
    case 'b':
    case 'bn':
    case 'mrd':
    case 'md':
    case 'milliard':
    case 'milliards':
    case 'milliarden':
    case 'billion':
    case 'billions':
      return 1e9
    default:
      return undefined
  }
}

function readDecimal(digits: string): string | undefined {
  const bare = digits.replace(/['’ ](?=\d{3}(?!\d))/g, '').trim()
  if (/^\d+$/.test(bare)) return bare
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) return bare.replace(/,/g, '')
  if (/^\d{1,3}(\.\d{3})+,\d+$|^\d{1,3}(\.\d{3}){2,}$/.test(bare)) return bare.replace(/\./g, '').replace(',', '.')
  if (/^\d+[.,]\d*$/.test(bare)) return bare.replace(',', '.')
  return undefined
}

function trimZeros(decimal: string): string {
  return decimal.replace(/\.?0+$/, '').replace(/^-/, '') || '0'
}
