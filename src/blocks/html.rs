//! HTML → blocks: headings, paragraphs, lists, tables with spans, bold by tag or style, page chrome by tag.
//!
//! A tokenizer of the few states that matter for text (WHATWG HTML, 13.2.5): tags with quoted attributes, comments, raw
//! text elements. Broken markup never loses text: what is no tag is text. Nothing here builds elements; what comes out is
//! characters, so that no script of a policy can run. (html5gum costs 38 KiB of Brotli, html5ever 125.)

use super::{Kind, Writer};
use crate::text::is_blank;
use std::ops::Range;

/// Elements that end a paragraph before and after.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "xmp",
];
/// Elements whose content is no text at all.
const SILENT: &[&str] = &["script", "style"];
/// Elements whose content is characters up to their end tag.
const RAW: &[&str] = &["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];
/// Elements without content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that hold chrome wherever they stand.
const CHROME: &[&str] = &[
    "button", "dialog", "footer", "form", "iframe", "nav", "noembed", "noframes", "noscript", "option", "select",
    "template", "textarea", "title",
];
/// Words in a class, an id or a role that tell chrome.
const CHROME_NAMES: &[&str] = &[
    "navigation",
    "navbar",
    "nav-",
    "-nav",
    "topbar",
    "breadcrumb",
    "cookie",
    "footer",
    "sidebar",
    "menu",
    "toolbar",
    "banner",
    "copyright",
    "search",
    "contentinfo",
    "backtop",
    "back-top",
    "share-",
];

/// How many tags a source holds that only HTML has.
#[must_use]
pub fn tags(source: &str) -> usize {
    let mut count = 0;
    for part in source.split('<').skip(1) {
        let name = name(part.strip_prefix('/').unwrap_or(part));
        count += usize::from(
            BLOCKS.contains(&name.as_str()) || matches!(name.as_str(), "br" | "span" | "strong" | "b" | "a"),
        );
    }
    count
}

/// Whether a tag in running text ends the line.
#[must_use]
pub fn breaks(tag: &str) -> bool {
    let name = name(tag.trim_start_matches(['<', '/']));
    name == "br" || BLOCKS.contains(&name.as_str())
}

/// Reads the writer's whole source.
pub fn read(writer: &mut Writer<'_>) {
    let range = 0..writer.source.len();
    read_range(writer, range);
}

/// Reads a part of the source: a page, a fragment, or a block of HTML in Markdown.
pub fn read_range(writer: &mut Writer<'_>, range: Range<usize>) {
    let end = range.end;
    let mut reader = Reader { writer, end, open: Vec::new(), table: None, pre: 0 };
    let mut at = range.start;
    while at < end {
        at = reader.step(at);
    }
    while let Some(name) = reader.open.last().map(|e| e.name.clone()) {
        reader.close(&name);
    }
    reader.writer.end();
}

struct Element {
    name: String,
    block: bool,
    noise: bool,
    /// Where bold started, for an element that set it.
    bold: Option<usize>,
    link: Option<(usize, String)>,
    heading: Option<u8>,
}

#[derive(Default)]
struct Grid {
    /// Open cells: column and where the cell starts in the canonical text.
    cell: Option<usize>,
    in_row: bool,
    rows: usize,
    /// Rows that a cell above still covers, by column.
    covered: Vec<usize>,
    column: usize,
    /// The cell's span of columns and rows.
    span: (usize, usize),
}

struct Reader<'w, 's> {
    writer: &'w mut Writer<'s>,
    end: usize,
    open: Vec<Element>,
    table: Option<Grid>,
    pre: usize,
}

impl<'s> Reader<'_, 's> {
    fn rest(&self, at: usize) -> &'s str {
        self.writer.source.get(at..self.end).unwrap_or("")
    }

    /// Reads one token at `at`; returns where the next one starts.
    fn step(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        if let Some(after) = rest.strip_prefix('<') {
            if after.starts_with("!--") {
                let inner = after.get(3..).unwrap_or("");
                // `<!-->` and `<!--->` are empty comments.
                let length = if inner.starts_with('>') || inner.starts_with("->") {
                    inner.find('>').map(|i| i + 1)
                } else {
                    inner.find("-->").map(|i| i + 3)
                };
                return self.skip(at, length.map_or(rest.len(), |l| 4 + l));
            }
            if after.starts_with(['!', '?']) {
                return self.skip(at, rest.find('>').map_or(rest.len(), |i| i + 1));
            }
            let closing = after.starts_with('/');
            let named = if closing { after.get(1..).unwrap_or("") } else { after };
            if named.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return self.tag(at, closing);
            }
        }
        let length = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(i, _)| i);
        self.text(at..at + length);
        at + length
    }

    fn skip(&mut self, at: usize, length: usize) -> usize {
        self.writer.markup(at..at + length);
        at + length
    }

    fn tag(&mut self, at: usize, closing: bool) -> usize {
        let rest = self.rest(at);
        let Some(length) = tag_length(rest) else {
            // Unclosed at the end of the source: HTML drops it, a reader of policies must not.
            self.text(at..at + 1);
            return at + 1;
        };
        let tag = rest.get(..length).unwrap_or("");
        let name = name(tag.trim_start_matches(['<', '/']));
        self.writer.markup(at..at + length);
        if closing {
            self.close(&name);
            return at + length;
        }
        self.start(&name, tag, at);
        let after = at + length;
        if !RAW.contains(&name.as_str()) {
            return after;
        }
        let body = self.rest(after);
        let inner = find_end_tag(body, &name).unwrap_or(body.len());
        if SILENT.contains(&name.as_str()) {
            self.writer.markup(after..after + inner);
        } else {
            self.text(after..after + inner);
        }
        after + inner
    }

    fn start(&mut self, name: &str, tag: &str, at: usize) {
        match name {
            "br" => {
                if self.in_cell() {
                    self.writer.space();
                } else {
                    self.writer.end();
                    self.begin();
                }
            }
            "img" | "area" | "input" => {
                if let Some((alt, range)) = attribute(tag, "alt") {
                    self.begin_if_closed();
                    self.writer.decode(&decode(alt), at + range.start..at + range.end);
                }
            }
            "hr" => self.writer.end(),
            _ if VOID.contains(&name) => {}
            _ => self.open_element(name, tag),
        }
    }

    fn open_element(&mut self, name: &str, tag: &str) {
        // Tags that the standard lets authors leave open.
        match name {
            "li" => self.close_within("li", &["ul", "ol", "menu"]),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.close_within("p", &["div", "td", "th", "li", "section", "article", "body"])
            }
            "dt" | "dd" => {
                self.close_within("dt", &["dl"]);
                self.close_within("dd", &["dl"]);
            }
            "tr" => self.close_within("tr", &["table"]),
            "td" | "th" => {
                self.close_within("td", &["tr", "table"]);
                self.close_within("th", &["tr", "table"]);
            }
            "option" => self.close_within("option", &["select"]),
            _ => {}
        }
        let block = BLOCKS.contains(&name);
        let style = attribute(tag, "style").map(|(s, _)| s.to_ascii_lowercase().replace(' ', "")).unwrap_or_default();
        let noise = self.is_noise() || CHROME.contains(&name) || block && self.names_chrome(name, tag);
        let heading = match name.as_bytes() {
            [b'h', n @ b'1'..=b'6'] => Some(n - b'0'),
            _ if large(&style) => Some(4),
            _ => None,
        };
        if name == "pre" {
            self.pre += 1;
        }
        self.open.push(Element { name: name.into(), block, noise, bold: None, link: None, heading });
        if block {
            match (name, self.in_cell()) {
                ("td" | "th" | "tr" | "table" | "thead" | "tbody" | "tfoot", _) => self.table_start(name, tag),
                (_, true) => self.writer.space(),
                _ => self.writer.end(),
            }
        }
        let bold = matches!(name, "b" | "strong") || bold_style(&style);
        let href = if name == "a" { attribute(tag, "href").map(|(h, _)| decode(h)) } else { None };
        if bold || href.is_some() {
            self.begin_if_closed();
        }
        let here = self.writer.at();
        if let Some(element) = self.open.last_mut() {
            element.bold = bold.then_some(here);
            element.link = href.map(|h| (here, h));
        }
    }

    /// Chrome by its class, id or role; a page's `<header>` unless the title stands in it.
    fn names_chrome(&self, name: &str, tag: &str) -> bool {
        if matches!(name, "html" | "body" | "main" | "article" | "table" | "td" | "tr")
            || name.starts_with('h') && name.len() == 2 && name != "hr"
        {
            return false;
        }
        if name == "header" && !self.open.iter().any(|e| matches!(e.name.as_str(), "main" | "article")) {
            return true;
        }
        ["class", "id", "role"].iter().filter_map(|a| attribute(tag, a)).any(|(value, _)| {
            let value = value.to_ascii_lowercase();
            value == "nav" || CHROME_NAMES.iter().any(|n| value.contains(n))
        })
    }

    fn is_noise(&self) -> bool {
        self.open.last().is_some_and(|e| e.noise)
    }

    fn in_cell(&self) -> bool {
        self.table.as_ref().is_some_and(|t| t.cell.is_some())
    }

    fn close_within(&mut self, name: &str, bounds: &[&str]) {
        for element in self.open.iter().rev() {
            if element.name == name {
                self.close(name);
                return;
            }
            if bounds.contains(&element.name.as_str()) {
                return;
            }
        }
    }

    /// Closes the innermost open element of that name, and those in it.
    fn close(&mut self, name: &str) {
        if !self.open.iter().any(|e| e.name == name) {
            if name == "p" && !self.in_cell() {
                self.writer.end();
            }
            return;
        }
        while let Some(element) = self.open.pop() {
            if let Some(start) = element.bold {
                self.writer.bold(start);
            }
            if let Some((start, href)) = &element.link {
                self.writer.link(*start, href);
            }
            match element.name.as_str() {
                "td" | "th" => self.end_cell(),
                "tr" => self.end_row(),
                "table" => {
                    self.end_row();
                    self.table = None;
                    self.writer.end();
                }
                "pre" => self.pre = self.pre.saturating_sub(1),
                _ if element.block && !self.in_cell() => self.writer.end(),
                _ if element.block => self.writer.space(),
                _ => {}
            }
            if element.name == name {
                break;
            }
        }
        self.resume_bold();
    }

    /// Bold that goes on after a block ended starts anew there.
    fn resume_bold(&mut self) {
        let here = self.writer.at();
        for element in &mut self.open {
            if let Some(start) = element.bold.take() {
                self.writer.bold(start);
                element.bold = Some(here);
            }
        }
    }

    fn table_start(&mut self, name: &str, tag: &str) {
        match name {
            "table" => {
                if self.table.is_some() {
                    // A table in a table is layout: its cells are paragraphs of the outer cell.
                    return;
                }
                self.writer.table();
                self.table = Some(Grid::default());
            }
            "tr" if self.table.is_some() => self.end_row(),
            "td" | "th" => {
                let number =
                    |a| attribute(tag, a).and_then(|(v, _)| v.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, 100);
                self.cell(name == "th", number("colspan"), number("rowspan"));
            }
            _ => {}
        }
    }

    fn cell(&mut self, head: bool, columns: usize, rows: usize) {
        self.end_cell();
        let Some(grid) = &mut self.table else {
            self.writer.end();
            return;
        };
        if !grid.in_row {
            grid.in_row = true;
            grid.column = 0;
            self.writer.row(grid.rows == 0 || head && grid.rows == 0);
        }
        Self::covered(grid, self.writer);
        grid.span = (columns, rows);
        grid.cell = Some(self.writer.cell());
    }

    /// Puts empty cells where a cell above reaches down.
    fn covered(grid: &mut Grid, writer: &mut Writer<'_>) {
        while let Some(left) = grid.covered.get_mut(grid.column).filter(|n| **n > 0) {
            *left -= 1;
            let start = writer.cell();
            writer.end_cell(start);
            grid.column += 1;
        }
    }

    fn end_cell(&mut self) {
        let Some(grid) = &mut self.table else { return };
        let Some(start) = grid.cell.take() else { return };
        self.writer.end_cell(start);
        for i in 0..grid.span.0 {
            if i > 0 {
                let start = self.writer.cell();
                self.writer.end_cell(start);
            }
            if grid.covered.len() <= grid.column {
                grid.covered.resize(grid.column + 1, 0);
            }
            if let Some(left) = grid.covered.get_mut(grid.column) {
                *left = grid.span.1 - 1;
            }
            grid.column += 1;
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(grid) = &mut self.table else { return };
        if grid.in_row {
            Self::covered(grid, self.writer);
            grid.in_row = false;
            grid.rows += 1;
            self.writer.end_row();
        }
    }

    fn begin(&mut self) {
        let kind = if self.is_noise() {
            Kind::Noise
        } else if let Some(level) =
            self.open.iter().rev().take_while(|e| !matches!(e.name.as_str(), "li" | "td")).find_map(|e| e.heading)
        {
            Kind::Heading(level)
        } else {
            match self.open.iter().filter(|e| e.name == "li").count() {
                0 => Kind::Paragraph,
                depth => Kind::Item(depth.min(9) as u8),
            }
        };
        self.writer.begin(kind);
    }

    fn begin_if_closed(&mut self) {
        if !self.in_cell() && self.writer.is_closed() {
            self.begin();
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let source = self.writer.source;
        let text = source.get(range.clone()).unwrap_or("");
        if self.writer.is_closed() && text.trim_matches(is_blank).is_empty() {
            return;
        }
        if let Some(grid) = &self.table
            && grid.cell.is_none()
            && !text.trim_matches(is_blank).is_empty()
        {
            // Text between a table's rows: a line of its own.
            self.end_row();
        }
        self.begin_if_closed();
        let mut at = range.start;
        let mut rest = text;
        while !rest.is_empty() {
            if self.pre > 0 && rest.starts_with('\n') && !self.in_cell() {
                self.writer.end();
                self.begin();
                at += 1;
            } else if rest.starts_with('&') {
                let (decoded, length) = reference(rest);
                if decoded.chars().all(is_blank) {
                    self.writer.space();
                    self.writer.markup(at..at + length);
                } else if length == 1 {
                    self.writer.copy(at..at + 1);
                } else {
                    self.writer.decode(&decoded, at..at + length);
                }
                at += length;
            } else if rest.starts_with(is_blank) {
                let after = rest.trim_start_matches(is_blank);
                let gap = if self.pre > 0 {
                    rest.find(|c: char| c == '\n' || !is_blank(c)).unwrap_or(rest.len())
                } else {
                    rest.len() - after.len()
                };
                let joins = rest.get(..gap).is_some_and(|g| g.contains('\n'))
                    && self.writer.last().is_some_and(|c| !c.is_ascii())
                    && after.chars().next().is_some_and(|c| !c.is_ascii());
                if !joins {
                    self.writer.space();
                }
                at += gap.max(usize::from(gap == 0));
            } else {
                let length = rest.find(|c: char| c == '&' || is_blank(c)).unwrap_or(rest.len());
                self.writer.copy(at..at + length);
                at += length;
            }
            rest = source.get(at..range.end).unwrap_or("");
        }
    }
}

fn name(tag: &str) -> String {
    tag.chars()
        .take_while(|c| !c.is_whitespace() && !matches!(c, '/' | '>' | '<' | '\0'))
        .map(|c| c.to_ascii_lowercase())
        .take(24)
        .collect()
}

/// Bytes from `<` to the `>` that ends the tag, quotes respected.
fn tag_length(rest: &str) -> Option<usize> {
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
fn find_end_tag(body: &str, name: &str) -> Option<usize> {
    body.match_indices("</").map(|(i, _)| i).find(|i| {
        let tag = body.get(i + 2..).unwrap_or("");
        tag.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
            && tag
                .get(name.len()..)
                .is_none_or(|r| r.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>')) || r.is_empty())
    })
}

/// An attribute's value and where it stands in the tag.
fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<(&'t str, Range<usize>)> {
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

/// Whether a style makes text bold.
fn bold_style(style: &str) -> bool {
    style
        .split(';')
        .filter_map(|d| d.strip_prefix("font-weight:"))
        .any(|v| v.starts_with("bold") || v.bytes().next().is_some_and(|b| (b'6'..=b'9').contains(&b)))
}

/// Whether a style makes text clearly larger than running text.
fn large(style: &str) -> bool {
    style.split(';').filter_map(|d| d.strip_prefix("font-size:")).any(|v| {
        let digits = v.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let (number, unit) = v.split_at(digits);
        let size: f32 = number.parse().unwrap_or(0.0);
        match unit.get(..2) {
            Some("px") => size >= 18.0,
            Some("pt") => size >= 14.0,
            Some("em" | "re") => size >= 1.2,
            _ => unit.starts_with('%') && size >= 120.0,
        }
    })
}

/// The character reference at the start of `text` and the bytes it takes; a lone `&` is itself.
fn reference(text: &str) -> (String, usize) {
    let length = text.char_indices().take(34).find(|(_, c)| *c == ';').map_or(0, |(i, _)| i + 1);
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
    match decoded {
        Some(decoded) if length > 2 => (decoded, length),
        _ => ("&".into(), 1),
    }
}

/// Decodes the references of an attribute's value.
fn decode(value: &str) -> String {
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
            ("&", "&", 1),
            ("&nosuch;", "&", 1),
        ] {
            assert_eq!(reference(raw), (want.to_string(), length), "{raw}");
        }
        assert_eq!(decode("a&amp;b&lt;c & d"), "a&b<c & d");
    }
}
