// Numbers for people: a true minus sign, and no minus before zero.

export function nats(value, digits = 2) {
    if (!Number.isFinite(value))
        return '\u2013';
    const text = Math.abs(value).toFixed(digits);
    return (value < 0 && Number(text) !== 0 ? '\u2212' : '') + text;
}
