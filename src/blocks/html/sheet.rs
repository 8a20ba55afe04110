//! `<style>` elements, `class` and `style` attributes → what they say of an element's font and white space.
//!
//! Word, WPS and editors on a Mac tell headings from text by a class that their sheet sets larger or bolder, utility sheets
//! by the class's name. Of a selector only its last part counts, of a sheet only rules without conditions: what stands
//! around an element hardly ever decides over its size. Within one kind of selector later rules win, and a class wins over
//! a tag, as in browsers.

use super::tags::attribute;
use crate::text::{Index, find, first, hash, part, trim};
use std::ops::Range;

/// Rules that are kept: pages carry whole libraries.
const MOST: usize = 4096;

/// What the style sheets of a page say of fonts, by the last part of a selector: `p`, `.title`, `p.title`.
#[derive(Default)]
pub(super) struct Sheet {
    rules: Index,
    declarations: Vec<String>,
}

/// Classes whose names are their rules (Tailwind CSS 4, Bootstrap 5), where no sheet of the page says otherwise.
const UTILITIES: [(&str, &str); 22] = [
    ("text-xs", "font-size:12px;"),
    ("text-sm", "font-size:14px;"),
    ("text-base", "font-size:16px;"),
    ("text-lg", "font-size:18px;"),
    ("text-xl", "font-size:20px;"),
    ("text-2xl", "font-size:24px;"),
    ("text-3xl", "font-size:30px;"),
    ("text-4xl", "font-size:36px;"),
    ("text-5xl", "font-size:48px;"),
    ("text-6xl", "font-size:60px;"),
    ("fs-1", "font-size:40px;"),
    ("fs-2", "font-size:32px;"),
    ("fs-3", "font-size:28px;"),
    ("fs-4", "font-size:24px;"),
    ("fs-5", "font-size:20px;"),
    ("font-bold", "font-weight:700;"),
    ("font-semibold", "font-weight:600;"),
    ("font-extrabold", "font-weight:800;"),
    ("fw-bold", "font-weight:700;"),
    ("fw-semibold", "font-weight:600;"),
    ("whitespace-pre-line", "white-space:pre-line;"),
    ("whitespace-pre-wrap", "white-space:pre-wrap;"),
];

impl Sheet {
    /// Reads the `<style>` elements of a source.
    pub fn read(source: &str) -> Self {
        let mut sheet = Self::default();
        let mut keys = Vec::new();
        let mut at = 0;
        while let Some(start) = next_style(source, at) {
            let body = part(source, start, source.len());
            let length = super::find_end_tag(body, "style").unwrap_or(body.len());
            sheet.rules(part(body, 0, length), &mut keys);
            at = start + length;
        }
        sheet.rules = Index::sorted(keys);
        sheet
    }

    fn rules(&mut self, css: &str, keys: &mut Vec<(u64, usize)>) {
        let mut at = 0;
        while let Some(range) = block(css, at) {
            let selectors = part(css, at, range.start);
            // What a comment or the line before left in front of the selector.
            let selectors = selectors.rsplit(['}', ';', '/']).next().unwrap_or("");
            at = range.end + 1;
            if trim(selectors).starts_with('@') {
                // Rules under a condition are passed over, with the braces in them.
                at = range.start + 1 + closing(part(css, range.start + 1, css.len()));
                continue;
            }
            let fonts = fonts(part(css, range.start + 1, range.end));
            if fonts.is_empty() || self.declarations.len() >= MOST {
                continue;
            }
            for selector in selectors.split(',') {
                let mut last = selector.split(|c: char| c.is_whitespace() || matches!(c, '>' | '+' | '~'));
                let last = last.rfind(|s| !s.is_empty()).unwrap_or("");
                // `a:hover`, `p::before`, `#id`, `[x]`: not what every such element looks like.
                if !last.is_empty() && find(last, |c| matches!(c, ':' | '#' | '[' | '*')).is_none() {
                    keys.push((hash(&last.to_ascii_lowercase()), self.declarations.len()));
                }
            }
            self.declarations.push(fonts);
        }
    }

    /// What sheet, classes and its own style say of an element; in small letters, without spaces, each with a semicolon.
    pub fn style(&self, name: &str, tag: &str) -> String {
        let mut style = self.of(name);
        if let Some((classes, _)) = attribute(tag, "class") {
            let classes = classes.to_ascii_lowercase();
            // More classes than an element has.
            for class in classes.split_ascii_whitespace().take(24) {
                let own = self.of(&(String::from(".") + class)) + &self.of(&(String::from(name) + "." + class));
                if own.is_empty() {
                    style.push_str(&utility(class));
                } else {
                    style.push_str(&own);
                }
            }
        }
        if let Some((own, _)) = attribute(tag, "style") {
            style.push_str(&fonts(own));
        }
        style
    }

    /// The declarations for a selector, the last ones last.
    fn of(&self, selector: &str) -> String {
        /// More rules for one selector than a page has.
        const MOST: usize = 16;
        let rules = self.rules.of(hash(selector));
        let mut style = String::new();
        for (_, rule) in rules.iter().skip(rules.len().saturating_sub(MOST)) {
            style.push_str(self.declarations.get(*rule).map_or("", String::as_str));
        }
        style
    }
}

/// Where the content of the next `<style>` starts.
fn next_style(source: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += part(source, at, source.len()).find('<')? + 1;
        let rest = part(source, at, source.len());
        if part(rest, 0, 5).eq_ignore_ascii_case("style") {
            return rest.find('>').map(|i| at + i + 1);
        }
    }
}

/// The next `{` from a place on, and its `}`.
fn block(css: &str, at: usize) -> Option<Range<usize>> {
    let start = at + part(css, at, css.len()).find('{')?;
    let end = start + part(css, start, css.len()).find('}')?;
    Some(start..end)
}

/// Bytes up to behind the brace that closes an open one.
fn closing(css: &str) -> usize {
    let mut depth = 1;
    for (i, b) in css.bytes().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    css.len()
}

/// The declarations of size, weight and white space, `font` taken apart.
fn fonts(declarations: &str) -> String {
    let mut out = String::new();
    for declaration in declarations.split(';') {
        // No rule says as much of fonts.
        if out.len() > 400 {
            break;
        }
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let property = trim(property).to_ascii_lowercase();
        let mut value = trim(value).to_ascii_lowercase();
        match property.as_str() {
            "font-size" | "font-weight" | "white-space" => {
                value.retain(|c| c != ' ');
                for piece in [&property, ":", &value, ";"] {
                    out.push_str(piece);
                }
            }
            "font" => {
                for word in value.split_ascii_whitespace() {
                    if word.starts_with("bold") || matches!(word, "600" | "700" | "800" | "900") {
                        out.push_str("font-weight:bold;");
                    } else if first(word).is_ascii_digit()
                        && word.len() > 2
                        && !word.bytes().all(|b| b.is_ascii_digit())
                    {
                        out.push_str("font-size:");
                        out.push_str(word.split('/').next().unwrap_or(""));
                        out.push(';');
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// The declarations that a class is named after.
fn utility(class: &str) -> String {
    for (name, style) in UTILITIES {
        if class == name {
            return style.into();
        }
    }
    // `text-[18px]`
    if let Some(size) = class.strip_prefix("text-[").and_then(|c| c.strip_suffix(']'))
        && first(size).is_ascii_digit()
    {
        return String::from("font-size:") + size + ";";
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_classes_and_styles() {
        let sheet = Sheet::read(
            "<style>/* c */ p{font-size:12px} .a, div .b { Font-Weight : 700 } @media print{.a{font-size:1px}} p.a{font:bold 15.0px/2 'X'}
             .c:hover{font-size:9px} .d{color:red}</style><STYLE type=x><!-- .text-lg{font-size:7pt} --></STYLE>",
        );
        for (name, tag, want) in [
            ("p", "<p>", "font-size:12px;"),
            ("p", "<p class='x a'>", "font-size:12px;font-weight:700;font-weight:bold;font-size:15.0px;"),
            ("div", "<div class=b style='font-weight: 400'>", "font-weight:700;font-weight:400;"),
            ("div", "<div class=c>", ""),
            ("div", "<div class=d>", ""),
            ("div", "<div class='text-lg'>", "font-size:7pt;"),
            ("div", "<div class='text-xl'>", "font-size:20px;"),
            ("div", "<div class='text-[17px] font-bold'>", "font-size:17px;font-weight:700;"),
            ("div", "<div style='font: 7.0pt \"T\"; white-space: pre-wrap'>", "font-size:7.0pt;white-space:pre-wrap;"),
        ] {
            assert_eq!(sheet.style(name, tag), want, "{tag}");
        }
    }
}
