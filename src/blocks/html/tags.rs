//! The inside of a tag → its name, attributes and style; character references → characters.

use std::ops::Range;

pub(super) fn name(tag: &str) -> String {
    tag.chars()
        .take_while(|c| !c.is_whitespace() && !matches!(c, '/' | '>' | '<' | '\0'))
        .map(|c| c.to_ascii_lowercase())
        .take(24)
        .collect()
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
            // No tag holds another: an unclosed one gives way, so that its text is not swallowed.
            (None, '<') if i > 0 => return None,
            _ => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    None
}

/// Where the raw text of `name` ends.
pub(super) fn find_end_tag(body: &str, name: &str) -> Option<usize> {
    body.match_indices("</").map(|(i, _)| i).find(|i| {
        let tag = body.get(i + 2..).unwrap_or("");
        tag.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
            && tag
                .get(name.len()..)
                .is_none_or(|r| r.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>')) || r.is_empty())
    })
}

/// An attribute's value and where it stands in the tag.
pub(super) fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<(&'t str, Range<usize>)> {
    let mut at = tag.find(|c: char| c.is_whitespace() || c == '/')?;
    loop {
        let rest = tag.get(at..)?;
        at += rest.find(|c: char| !c.is_whitespace() && !matches!(c, '/' | '>'))?;
        let rest = tag.get(at..)?;
        let length = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
            .map_or(rest.len(), |(i, _)| i);
        let key = rest.get(..length)?;
        at += length;
        let rest = tag.get(at..)?;
        let value = rest.trim_start();
        let Some(value) = value.strip_prefix('=') else {
            if key.eq_ignore_ascii_case(wanted) {
                return Some(("", at..at));
            }
            continue;
        };
        let value = value.trim_start();
        let from = tag.len() - value.len();
        let (from, length) = match value.chars().next() {
            Some(q @ ('"' | '\'')) => (from + 1, value.get(1..)?.find(q).unwrap_or(value.len() - 1)),
            _ => (from, value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
        };
        if key.eq_ignore_ascii_case(wanted) {
            return Some((tag.get(from..from + length)?, from..from + length));
        }
        at = from + length;
        if tag.get(at..).is_some_and(|r| r.starts_with(['"', '\''])) {
            at += 1;
        }
    }
}

/// Whether a style makes text bold, or not bold; `style` in small letters and without spaces.
pub(super) fn bold_style(style: &str) -> Option<bool> {
    let weight = style.split(';').filter_map(|d| d.strip_prefix("font-weight:")).next_back()?;
    match weight.as_bytes() {
        [b'6'..=b'9', ..] => Some(true),
        [b'1'..=b'5', ..] => Some(false),
        _ if weight.starts_with("bold") => Some(true),
        _ if weight.starts_with("normal") || weight.starts_with("light") => Some(false),
        _ => None,
    }
}

/// Pixels of `<font size=1>` to `<font size=7>` (HTML, 15.3.1).
const FONT: [f32; 7] = [10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0];

/// A number with up to two decimals; the standard parser of fractions would bring 10 kB of tables into the page.
fn decimal(text: &str) -> Option<f32> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digit = |i: usize| rest.as_bytes().get(i).map_or(0, |b| u32::from(b.wrapping_sub(b'0')).min(9));
    let whole = if whole.is_empty() && !rest.is_empty() { 0 } else { whole.parse::<u32>().ok()?.min(10_000) };
    Some((whole * 100 + digit(0) * 10 + digit(1)) as f32 / 100.0)
}

/// The size of an element's text in pixels, from its style, `<font size>` or its parent.
pub(super) fn font_size(name: &str, tag: &str, style: &str, parent: f32) -> f32 {
    if name == "font"
        && let Some((size, _)) = attribute(tag, "size")
        && let Ok(n) = size.trim().parse::<i32>()
    {
        let step = if size.trim().starts_with(['+', '-']) { n.saturating_add(3) } else { n };
        return FONT.get(step.clamp(1, 7) as usize - 1).copied().unwrap_or(parent);
    }
    let Some(value) = style.split(';').filter_map(|d| d.strip_prefix("font-size:")).next_back() else { return parent };
    let digits = value.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (number, unit) = value.split_at(digits);
    let Some(number) = decimal(number) else {
        let named = ["xx-small", "small", "medium", "large", "x-large", "xx-large"]
            .iter()
            .position(|k| unit.starts_with(k) && unit.len() < k.len() + 12);
        return named.and_then(|i| [9.0, 13.0, 16.0, 18.0, 24.0, 32.0].get(i).copied()).unwrap_or(parent);
    };
    let size = match unit.get(..2) {
        Some("px") => number,
        Some("pt") => number * 4.0 / 3.0,
        Some("em") => number * parent,
        // The root's size is not known here: only the ratio to other such sizes counts.
        Some("re" | "vw") => number * 16.0,
        _ if unit.starts_with('%') => number * parent / 100.0,
        _ => return parent,
    };
    size.clamp(1.0, 1000.0)
}

/// References that browsers know without their semicolon (HTML, 13.5), as far as policies use them.
const LEGACY: [(&str, &str); 6] =
    [("&amp", "&"), ("&copy", "\u{a9}"), ("&gt", ">"), ("&lt", "<"), ("&nbsp", " "), ("&quot", "\"")];

/// The character reference at the start of `text` and the bytes it takes; a lone `&` is itself.
pub(super) fn reference(text: &str) -> (String, usize) {
    // Between `&` and `;` stand letters and digits: of anything else a Markdown parser might make text of its own.
    let named = text.bytes().skip(1).take(33).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let length = if text.as_bytes().get(named + 1) == Some(&b';') { named + 2 } else { 0 };
    let raw = text.get(..length).unwrap_or("");
    if raw == "&nbsp;" {
        return (" ".into(), length);
    }
    // pulldown-cmark holds HTML's table of names for its own use: one event decodes one reference.
    let mut events = pulldown_cmark::Parser::new(raw);
    let decoded = events.find_map(|e| match e {
        pulldown_cmark::Event::Text(t) if !t.starts_with('&') || raw == "&amp;" || raw.starts_with("&#") => {
            Some(t.to_string())
        }
        _ => None,
    });
    match (decoded, LEGACY.iter().find(|(name, _)| text.starts_with(name))) {
        (Some(decoded), _) if length > 2 => (decoded, length),
        (_, Some((name, character))) => ((*character).into(), name.len()),
        _ => ("&".into(), 1),
    }
}

/// Decodes the references of an attribute's value.
pub(super) fn decode(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(i) = rest.find('&') {
        out.push_str(rest.get(..i).unwrap_or(""));
        let (decoded, length) = reference(rest.get(i..).unwrap_or(""));
        out.push_str(&decoded);
        rest = rest.get(i + length..).unwrap_or("");
    }
    out.push_str(rest);
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
        let size = |style: &str| font_size("p", "<p>", style, 20.0);
        for (style, want) in [
            ("font-size:12px", 12.0),
            ("color:red;font-size:12pt", 16.0),
            ("font-size:1.5em", 30.0),
            ("font-size:150%", 30.0),
            ("font-size:x-large", 24.0),
            ("", 20.0),
            ("font-size:x", 20.0),
        ] {
            assert!((size(style) - want).abs() < 0.01, "{style}");
        }
        assert!((font_size("font", "<font size=+2>", "", 16.0) - 24.0).abs() < 0.01);
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
