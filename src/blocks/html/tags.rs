//! The inside of a tag → its name, attributes and style; character references → characters.

use crate::blocks::markdown;
use crate::text::{find, first, part, trim, trim_start};
use std::ops::Range;

pub(super) fn name(tag: &str) -> String {
    let mut name = String::new();
    for c in tag.chars().take(24) {
        if is_break(c) || matches!(c, '<' | '\0') {
            break;
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

/// Ends a name or an attribute.
fn is_break(c: char) -> bool {
    c.is_whitespace() || matches!(c, '/' | '>')
}

/// Bytes from `<` to the `>` that ends the tag, quotes respected.
pub(super) fn tag_length(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (i, c) in rest.char_indices() {
        match (quote, c) {
            (Some(q), _) if c == q => quote = None,
            (None, '"' | '\'') if before == '=' => quote = Some(c),
            (None, '>') => return Some(i + 1),
            // No tag holds another: one without its `>` ends here if all there is are attributes; otherwise it gives way, so
            // that its text is not swallowed.
            (None, '<') if i > 0 => return is_start(part(rest, 0, i)).then_some(i),
            _ => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    None
}

/// Whether a text is an element's start but for its `>`: attributes, white space or a line break follow the name.
fn is_start(text: &str) -> bool {
    let name = name(part(text, 1, text.len()));
    let end = text.len();
    let mut at = 1 + name.len();
    let mut attributes = part(text, at, end).contains('\n');
    loop {
        let rest = trim_start(part(text, at, end), char::is_whitespace);
        if rest.is_empty() {
            return attributes && super::elements::is_element(text);
        }
        let key = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_')).count();
        let Some(value) = part(rest, key, rest.len()).strip_prefix('=').filter(|_| key > 0) else { return false };
        attributes = true;
        at = end - value.len();
        let quote = first(value);
        let length = if matches!(quote, '"' | '\'') {
            part(value, 1, value.len()).find(quote).map(|i| i + 2)
        } else {
            Some(find(value, char::is_whitespace).unwrap_or(value.len()))
        };
        let Some(length) = length else { return false };
        at += length;
    }
}

/// Where the raw text of `name` ends.
pub(super) fn find_end_tag(body: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(i) = part(body, at, body.len()).find("</") {
        let tag = part(body, at + i + 2, body.len());
        let after = part(tag, name.len(), tag.len());
        if part(tag, 0, name.len()).eq_ignore_ascii_case(name) && (after.is_empty() || is_break(first(after))) {
            return Some(at + i);
        }
        at += i + 2;
    }
    None
}

/// An attribute's value and where it stands in the tag.
pub(super) fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<(&'t str, Range<usize>)> {
    let end = tag.len();
    let mut at = find(tag, |c| c.is_whitespace() || c == '/')?;
    loop {
        at += find(part(tag, at, end), |c| !is_break(c))?;
        // What a name starts with is part of it, be it `=`.
        let skip = at + first(part(tag, at, end)).len_utf8();
        let length = find(part(tag, skip, end), |c| is_break(c) || c == '=');
        let key = part(tag, at, length.map_or(end, |l| skip + l));
        at += key.len();
        let mut value = at..at;
        if let Some(rest) = trim_start(part(tag, at, end), char::is_whitespace).strip_prefix('=') {
            let rest = trim_start(rest, char::is_whitespace);
            let quote = first(rest);
            value.start = end - rest.len();
            let length = if matches!(quote, '"' | '\'') {
                value.start += 1;
                part(tag, value.start, end).find(quote)
            } else {
                find(rest, |c| c.is_whitespace() || c == '>')
            };
            value.end = length.map_or(end, |l| value.start + l);
            at = value.end + usize::from(matches!(first(part(tag, value.end, end)), '"' | '\''));
        }
        if key.eq_ignore_ascii_case(wanted) {
            return Some((part(tag, value.start, value.end), value));
        }
    }
}

/// The last value that a style declares for a property.
fn declared<'s>(style: &'s str, property: &str) -> Option<&'s str> {
    let mut value = None;
    for declaration in style.split(';') {
        value = declaration.strip_prefix(property).or(value);
    }
    value
}

/// Whether a style makes text bold, or not bold; `style` in small letters and without spaces.
pub(super) fn bold_style(style: &str) -> Option<bool> {
    let weight = declared(style, "font-weight:")?;
    match weight.as_bytes() {
        [b'6'..=b'9', ..] => Some(true),
        [b'1'..=b'5', ..] => Some(false),
        _ if weight.starts_with("bold") => Some(true),
        _ if weight.starts_with("normal") || weight.starts_with("light") => Some(false),
        _ => None,
    }
}

/// Whether a style keeps the line breaks of the source.
pub(super) fn keeps_lines(style: &str) -> bool {
    declared(style, "white-space:").is_some_and(|v| v.starts_with("pre") || v == "break-spaces")
}

/// Pixels of `<font size=1>` to `<font size=7>` (HTML, 15.3.1).
const FONT: [u32; 7] = [10, 13, 16, 18, 24, 32, 48];
/// Names of sizes, smaller ones first; `large` is part of two others.
const NAMED: [(&str, u32); 6] =
    [("xx-small", 9), ("small", 13), ("medium", 16), ("large", 18), ("x-large", 24), ("xx-large", 32)];

/// The size of an element's text in hundredths of a pixel, from its style, `<font size>` or its parent. Whole numbers, as
/// the standard parser of fractions would bring 10 kB of tables into the page.
pub(super) fn font_size(name: &str, tag: &str, style: &str, parent: u32) -> u32 {
    if name == "font"
        && let Some((size, _)) = attribute(tag, "size")
        && let size = trim(size)
        && let Ok(n) = trim_start(size, |c| matches!(c, '+' | '-')).parse::<usize>()
    {
        let step = match first(size) {
            '+' => n.saturating_add(3),
            '-' => 3usize.saturating_sub(n),
            _ => n,
        };
        return FONT.get(step.clamp(1, 7) - 1).map_or(parent, |size| size * 100);
    }
    let Some(value) = declared(style, "font-size:") else { return parent };
    // Hundredths: digits up to the second behind the point.
    let (mut number, mut places) = (0u32, None);
    let mut unit = value;
    while matches!(first(unit), '0'..='9' | '.') {
        if let Some(d) = first(unit).to_digit(10).filter(|_| places != Some(2)) {
            number = (number * 10 + d).min(1_000_000);
            places = places.map(|p| p + 1);
        } else {
            places = places.or(Some(0));
        }
        unit = part(unit, 1, unit.len());
    }
    for _ in places.unwrap_or(0)..2 {
        number *= 10;
    }
    if unit.len() == value.len() {
        for (name, size) in NAMED {
            if unit.starts_with(name) {
                return size * 100;
            }
        }
        return parent;
    }
    let of = |whole: u32| (u64::from(number) * u64::from(whole) / 100) as u32;
    let size = match part(unit, 0, 2) {
        "px" => number,
        "pt" => number / 3 * 4,
        "em" => of(parent),
        // The root's size is not known here: only the ratio to other such sizes counts.
        "re" | "vw" => of(1600),
        _ if first(unit) == '%' => of(parent) / 100,
        _ => return parent,
    };
    size.clamp(100, 100_000)
}

/// References that browsers know without their semicolon (HTML, 13.5), as far as policies use them.
const LEGACY: [(&str, &str); 6] =
    [("&amp", "&"), ("&copy", "\u{a9}"), ("&gt", ">"), ("&lt", "<"), ("&nbsp", " "), ("&quot", "\"")];

/// The character reference at the start of `text` and the bytes it takes; a lone `&` is itself.
pub(super) fn reference(text: &str) -> (String, usize) {
    // Between `&` and `;` stand letters and digits: of anything else a Markdown parser might make text of its own.
    let named = text.bytes().skip(1).take(33).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let length = if text.as_bytes().get(named + 1) == Some(&b';') { named + 2 } else { 0 };
    let raw = part(text, 0, length);
    if raw == "&nbsp;" {
        return (" ".into(), length);
    }
    if length > 2 {
        // A name that is none stays as it is.
        let decoded = markdown::decode(raw).filter(|t| !t.starts_with('&') || raw == "&amp;" || raw.starts_with("&#"));
        if let Some(decoded) = decoded {
            return (decoded, length);
        }
    }
    for (name, character) in LEGACY {
        if text.starts_with(name) {
            return (character.into(), name.len());
        }
    }
    ("&".into(), 1)
}

/// Decodes the references of an attribute's value.
pub(super) fn decode(value: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < value.len() {
        let rest = part(value, at, value.len());
        let plain = rest.find('&').unwrap_or(rest.len());
        out.push_str(part(rest, 0, plain));
        at += plain;
        if plain < rest.len() {
            let (decoded, length) = reference(part(rest, plain, rest.len()));
            out.push_str(&decoded);
            at += length;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_every_kind() {
        let tag = "<a class=x  HREF = 'a&amp;b' hidden data-y=\"z>\" alt=q>";
        for (key, value) in [("class", "x"), ("href", "a&amp;b"), ("hidden", ""), ("data-y", "z>"), ("alt", "q")] {
            assert_eq!(attribute(tag, key).map(|a| a.0), Some(value), "{key}");
        }
        assert_eq!(attribute(tag, "style"), None);
        assert_eq!(tag_length(tag), Some(tag.len()));
    }

    #[test]
    fn references_decode_once() {
        for (raw, want, length) in [
            ("&amp;lt;", "&", 5),
            ("&#x4e00;x", "一", 8),
            ("&ldquo;", "\u{201c}", 7),
            ("&x y", "&", 1),
            ("&`x` ;", "&", 1),
            ("&", "&", 1),
            ("&nosuch;", "&", 1),
            ("&ampB", "&", 4),
            ("&nbsp x", " ", 5),
        ] {
            assert_eq!(reference(raw), (want.to_string(), length), "{raw}");
        }
        assert_eq!(decode("a&amp;b&lt;c & d"), "a&b<c & d");
    }

    #[test]
    fn sizes_and_weights() {
        let size = |style: &str| font_size("p", "<p>", style, 2000);
        for (style, want) in [
            ("font-size:12px", 1200),
            ("color:red;font-size:12pt", 1600),
            ("font-size:1.5em", 3000),
            ("font-size:150%", 3000),
            ("font-size:x-large", 2400),
            ("", 2000),
            ("font-size:x", 2000),
        ] {
            assert_eq!(size(style), want, "{style}");
        }
        assert_eq!(font_size("font", "<font size=+2>", "", 1600), 2400);
        for (style, want) in [
            ("font-weight:700", Some(true)),
            ("font-weight:bold", Some(true)),
            ("font-weight:normal", Some(false)),
            ("color:red", None),
        ] {
            assert_eq!(bold_style(style), want, "{style}");
        }
    }
}
