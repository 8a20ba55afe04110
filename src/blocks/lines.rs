//! Blocks as markup parts them → blocks as their words do: what is one line.
//!
//! ```text
//! joined   a hyphen between words at the end of a line
//!          an opening bracket or quote at the end of a line, a closing one or a comma at the start of the next, or one
//!          ideograph and a comma; a name in quotes behind a clause without an end; a document's title that is broken in
//!          two; a date's digits and their unit; a short line and a verb without a subject, or its short form in brackets
//!          a numbered title that stops at a conjunction, and the short line behind it
//! parted   a title from the first number below it, where the line break between was lost, and the titles of a count from
//!          each other
//!          bold titles with numbers from each other and from their text, in one paragraph
//!          the next title of a count from the end of the sentence that it was glued to
//! ```

use super::{Block, Document, Kind};
use crate::lexicon::{group, terms};
use crate::numbering::{self, Kind as Number, Mark};
use crate::text::{
    Numbers, Span, Text, ends_any, first, has, is_blank, is_closing, is_colon, is_comma, is_ideograph, is_letter,
    is_opening, is_terminal, last, part, size, starts_any, stops, trim, trim_end, trim_start,
};

/// The longest title of a line, in characters.
const TITLE: usize = 40;

/// Bytes behind a title in which its text must end a sentence.
const NEAR: usize = 1500;

/// Mends the blocks of a document that its reader has finished.
pub(super) fn repair(document: &mut Document) {
    join(document);
    cut(document);
}

/// Whether words can go on from or to such a block.
fn runs(block: &Block) -> bool {
    matches!(block.kind, Kind::Paragraph | Kind::Item(_) | Kind::Heading(_))
}

/// Joins blocks that are one line.
fn join(document: &mut Document) {
    let text = &mut document.text;
    let pair =
        |text: &Text, a: &Block, b: &Block| runs(a) && runs(b) && goes_on(text.slice(a.span), text.slice(b.span));
    if !document.blocks.windows(2).any(|w| matches!(w, [a, b] if pair(text, a, b))) {
        return;
    }
    let mut joined: Vec<Block> = Vec::with_capacity(document.blocks.len());
    for block in std::mem::take(&mut document.blocks) {
        if let Some(before) = joined.last_mut()
            && pair(text, before, &block)
            && text.join(before.span.end(), block.span.start())
        {
            before.span = Span::new(before.span.start(), block.span.end());
        } else {
            joined.push(block);
        }
    }
    document.blocks = joined;
}

/// Whether a line goes on with the next one.
fn goes_on(line: &str, next: &str) -> bool {
    let (end, start) = (last(line), first(next));
    if is_opening(end) && !end.is_ascii() || is_closing(start) && !start.is_ascii() && !is_colon(start) {
        return true;
    }
    // A converter breaks lines behind hyphens, of addresses and of ways through menus.
    if end == '-' && is_letter(last(part(line, 0, line.len() - 1))) && is_letter(start) {
        return true;
    }
    if opens_title(line) && closes_title(next) {
        return true;
    }
    if starts_inside(next) && !is_terminal(end) && !is_comma(end) {
        return true;
    }
    if matches!(start, '\u{201c}' | '\u{300a}' | '\u{300c}') && stops_at_clause(line) {
        return true;
    }
    if end.is_ascii_digit()
        && starts_any(next, terms(group!("line.date")))
        && !starts_any(next, terms(group!("numbering.word")))
    {
        return true;
    }
    // A verb without its subject, or the short form of the word before.
    if is_letter(end)
        && size(line) <= TITLE
        && (starts_any(next, terms(group!("line.goes.on"))) || starts_with_short_form(next))
    {
        return true;
    }
    // The whole is a title still.
    let cut = end == '\u{3001}' || ends_any(line, terms(group!("title.cut")));
    cut && line.len() + next.len() < TITLE * 4
        && size(line) + size(next) <= TITLE
        && stops(line) + stops(next) == 0
        && !has(line, is_comma_or_colon)
        && !has(next, is_comma_or_colon)
        && numbering::parse(line).is_some_and(|m| m.kind != Number::Bullet)
        && numbering::parse(next).is_none()
}

/// Whether a line ends in a sentence that has a comma: a name in quotes goes on with it. A numbered title may have a comma.
fn stops_at_clause(line: &str) -> bool {
    let end = last(line);
    let Some((before, clause)) = line.rsplit_once(is_comma) else { return false };
    let said = stops(before) > 0 || starts_any(trim_start(clause, is_blank), terms(group!("subject")));
    is_ideograph(end) && !clause.is_empty() && stops(clause) == 0 && said
}

/// Whether a line starts with Latin letters in brackets, and goes on like a sentence.
fn starts_with_short_form(line: &str) -> bool {
    let open = |c: char| matches!(c, '(' | '\u{ff08}');
    let letters = trim_start(trim_start(line, open), |c: char| c.is_ascii_alphanumeric());
    open(first(line)) && letters.len() + 1 < line.len() && matches!(first(letters), ')' | '\u{ff09}') && {
        let rest = part(letters, first(letters).len_utf8(), letters.len());
        is_closing(first(trim_start(rest, is_blank)))
    }
}

/// Whether a line ends inside of a document's title.
fn opens_title(line: &str) -> bool {
    line.rfind('\u{300a}').is_some_and(|open| line.rfind('\u{300b}').is_none_or(|close| close < open))
}

/// Whether the rest of a document's title starts a line.
fn closes_title(line: &str) -> bool {
    let near = part(line, 0, line.floor_char_boundary(TITLE * 3));
    near.find('\u{300b}').is_some_and(|close| near.find('\u{300a}').is_none_or(|open| close < open))
}

/// Whether a line starts with the last word of a clause: one ideograph, no number, and a comma.
fn starts_inside(line: &str) -> bool {
    let own = first(line);
    let rest = part(line, own.len_utf8(), line.len());
    is_ideograph(own) && first(rest) == '\u{ff0c}' && numbering::parse_loose(line).is_none()
}

fn is_comma_or_colon(c: char) -> bool {
    is_comma(c) && c != '\u{3001}' || is_colon(c)
}

/// Parts blocks that are several lines.
fn cut(document: &mut Document) {
    let text = &document.text;
    // The last value of each count of lines.
    let mut counts = Numbers::default();
    let mut bold = 0;
    let mut parted = Vec::with_capacity(document.blocks.len() + 8);
    for block in &document.blocks {
        if !runs(block) {
            parted.push(block.clone());
            continue;
        }
        let mut places = Vec::new();
        below(text, block, &mut places);
        row(text, block, &mut places);
        while document.bold.get(bold).is_some_and(|b| b.end() <= block.span.start()) {
            bold += 1;
        }
        let mut number: Option<Span> = None;
        for span in document.bold.iter().skip(bold).take_while(|b| b.start() < block.span.end()) {
            // A number's bold may end before that of its title starts.
            let from = number.take().filter(|n| trim(part(text.as_str(), n.end(), span.start())).is_empty());
            let span = Span::new(from.map_or(span.start(), Span::start), span.end());
            let alone = numbering::is_bare(trim(part(text.as_str(), span.start(), span.end())));
            number = Some(span).filter(|_| alone);
            bold_title(text, block, span, &mut places);
        }
        places.extend(glued(text, block, &counts));
        places.sort_unstable();
        let mut rest = block.clone();
        for at in places {
            if at <= rest.span.start() || at >= rest.span.end() {
                continue;
            }
            let line = trim_end(part(text.as_str(), rest.span.start(), at), is_blank);
            if line.is_empty() {
                continue;
            }
            let own = Span::new(rest.span.start(), rest.span.start() + line.len());
            note(&mut counts, line);
            parted.push(Block { span: own, kind: rest.kind });
            let behind = part(text.as_str(), at, rest.span.end());
            let start = rest.span.end() - trim_start(behind, is_blank).len();
            rest.span = Span::new(start, rest.span.end());
            if matches!(rest.kind, Kind::Heading(_)) {
                rest.kind = Kind::Paragraph;
            }
        }
        note(&mut counts, text.slice(rest.span));
        parted.push(rest);
    }
    document.blocks = parted;
}

/// The key of a count: numbers with dots count within their first group.
fn count_key(mark: &Mark) -> u64 {
    mark.kind.code(if matches!(mark.kind, Number::Multi(_)) { mark.head } else { 0 })
}

fn note(counts: &mut Numbers, line: &str) {
    if let Some(mark) = numbering::parse(line).filter(|m| m.kind != Number::Bullet) {
        counts.insert(count_key(&mark), mark.value as usize);
    }
}

/// Where the next numbers of a count stand in a line of titles, each behind white space: entries of contents that were
/// joined.
fn row(text: &Text, block: &Block, places: &mut Vec<usize>) {
    let line = text.slice(block.span);
    let Some(mut mark) = numbering::parse(line).filter(|m| (Number::Part..=Number::Decimal).contains(&m.kind)) else {
        return;
    };
    let mut found = Vec::new();
    let first = mark.end;
    let mut start = first;
    let mut spaced = false;
    for (at, c) in part(line, first, line.len()).char_indices().map(|(at, c)| (first + at, c)) {
        if is_terminal(c) && !matches!(c, '?' | '\u{ff1f}') || at.saturating_sub(start) > TITLE * 4 {
            return;
        }
        if spaced
            && !is_blank(c)
            && let Some(next) = numbering::parse(part(line, at, line.len()))
            && next.kind == mark.kind
            && next.value == mark.value + 1
        {
            found.push(block.span.start() + at);
            start = at + next.end;
            mark = next;
        }
        spaced = is_blank(c);
    }
    places.append(&mut found);
}

/// Where first numbers stand below the one before, behind white space and a short title.
fn below(text: &Text, block: &Block, places: &mut Vec<usize>) {
    let mut start = block.span.start();
    while let Some(at) = inner(part(text.as_str(), start, block.span.end())) {
        start += at;
        places.push(start);
    }
}

/// Where the first number below the one that a line starts with stands in it, behind white space and a short title.
fn inner(line: &str) -> Option<usize> {
    let outer = numbering::parse(line).filter(|m| m.kind != Number::Bullet)?;
    let below = |m: Mark| match m.kind {
        Number::Bullet => false,
        Number::Multi(_) => outer.value == m.head && !matches!(outer.kind, Number::Multi(_)),
        kind => kind > outer.kind,
    };
    let title = line.get(outer.end..)?;
    let mut spaced = false;
    for (i, c) in title.char_indices().take(TITLE) {
        let at = outer.end + i;
        if spaced && !is_blank(c) && line.get(at..).and_then(numbering::parse).is_some_and(|m| m.value == 1 && below(m))
        {
            return Some(at);
        }
        if is_terminal(c) {
            return None;
        }
        spaced = i > 0 && is_blank(c);
    }
    None
}

/// Where a bold number with its title starts in a paragraph, and where its text starts that was glued to it. A bold number
/// in a sentence refers to one.
fn bold_title(text: &Text, block: &Block, bold: Span, places: &mut Vec<usize>) {
    let (start, end) = (bold.start().max(block.span.start()), bold.end().min(block.span.end()));
    let own = trim(part(text.as_str(), start, end));
    let Some(mark) = numbering::parse(own).filter(|m| (Number::Part..=Number::Decimal).contains(&m.kind)) else {
        return;
    };
    let whole = trim(part(own, mark.end, own.len()));
    let title = trim_end(whole, is_colon);
    if !(2..=TITLE).contains(&size(title)) || stops(title) > 0 || has(title, is_comma_or_colon) {
        return;
    }
    let before = last(trim_end(part(text.as_str(), block.span.start(), start), is_blank));
    if start > block.span.start() && !is_terminal(before) {
        return;
    }
    places.push(start);
    // A sentence ends soon, if there is one: many titles may stand in a paragraph.
    let near = text.as_str().floor_char_boundary(block.span.end().min(end + NEAR));
    let behind = trim_start(part(text.as_str(), end, near), is_blank);
    let text = stops(behind) > 0 || has(behind, is_colon);
    if text && title.len() == whole.len() && !is_closing(first(behind)) {
        places.push(end);
    }
}

/// Where the last sentence of a paragraph ends, if the next title of a count follows it.
fn glued(text: &Text, block: &Block, counts: &Numbers) -> Option<usize> {
    let line = text.slice(block.span);
    let at = line.rfind('\u{3002}')? + '\u{3002}'.len_utf8();
    let rest = trim_start(part(line, at, line.len()), is_blank);
    let mark = numbering::parse(rest).filter(|m| (Number::Part..=Number::Multi(u8::MAX)).contains(&m.kind))?;
    let title = part(rest, mark.end, rest.len());
    let own = numbering::parse(line).filter(|own| count_key(own) == count_key(&mark));
    let before = own.map(|own| own.value as usize).or_else(|| counts.get(count_key(&mark)));
    let next = mark.value > 1 && before == Some(mark.value as usize - 1);
    let titled = (2..=TITLE).contains(&size(title)) && stops(title) == 0 && !has(title, is_comma_or_colon);
    (next && titled).then(|| block.span.end() - rest.len())
}
