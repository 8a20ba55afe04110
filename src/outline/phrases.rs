//! A line without a number and its neighbours → whether it is a heading: markup, bold, a word such as "Preface", or a short
//! phrase that stands alone before a paragraph.

use super::aside::is_sentence;
use super::body::Body;
use super::headings::Sort;
use super::shapes::{bracketed, is_cut_off, is_statement, is_step, opens, promises, without_note};
use super::{Line, key};
use crate::blocks::Kind;
use crate::lexicon::{group, terms};
use crate::numbering::Kind as Number;
use crate::text::{
    count, count_of, ends_any, find as find_char, first, has, hash, is_blank, is_closing, is_colon, is_comma,
    is_letter, is_terminal, last, part, starts_any, stops, trim_end, trim_start,
};

/// Whether a line without a number is a heading.
pub(super) fn unnumbered(n: usize, body: &Body<'_, '_>) -> Option<Sort> {
    let own = body.line(n)?;
    if own.is_table() || own.length == 0 || own.text.contains('\t') {
        return None;
    }
    let title = own.title();
    let key = key(part(own.text, title.start(), title.end()));
    let next = body.line(n + 1)?;
    let word = own.length <= 12 && is_word(&key);
    if word || body.entry(hash(&key)).is_some() {
        // Where it is printed twice, the second heads the text.
        return (key != super::key(next.text)).then_some(if word { Sort::Word } else { Sort::Listed });
    }
    if matches!(own.kind, Kind::Heading(_)) {
        // What leads to the printed contents goes with them.
        let leads = is_colon(last(own.text)) && body.leads_to_contents(n);
        let short = count(without_note(own.text)) <= 60 && !is_sentence(own);
        let said = trim_start(own.text, is_letter);
        // A date, or a version's number: letters and digits in one row.
        let number =
            |text: &str| has(text, |c| c.is_ascii_digit()) && !has(text, |c| !c.is_ascii_alphanumeric() && c != '.');
        let value = is_colon(first(said))
            && (starts_any(&key, terms(group!("date.label")))
                || number(trim_start(said, |c| is_colon(c) || is_blank(c))));
        return (short && !leads && !is_date(&key) && !value).then_some(Sort::Plain);
    }
    // An entry of a list that a line leads to is none, however it is set, nor is one of few words in a page.
    let outer = matches!(next.kind, Kind::Heading(_)) || next.mark.is_some_and(|m| m.kind != Number::Bullet);
    let entry = !own.bold || !is_colon(last(next.text));
    let short = matches!(next.kind, Kind::Item(_)) && next.length < ENTRY && (entry || !body.page);
    let few = matches!(own.kind, Kind::Item(_)) && (body.marked && short || !body.page && own.bold && (short || outer));
    if body.listed_item(n) || few || addresses(own) {
        return None;
    }
    // Around a bold cell of a table that lost its lines stand other cells.
    let prose = |l: Line<'_>| {
        l.length >= 25
            || is_terminal(last(l.text))
            || stops(l.text) > 0
            || l.mark.is_some()
            || l.kind != Kind::Paragraph
            || l.bold
    };
    // A lead-in, however bold, leads to a list.
    let bare = trim_end(own.text, is_terminal);
    let leads = promises(bare)
        || bare.len() < own.text.len() && opens(bare)
        || ends_any(bare, terms(group!("phrase.never.end")));
    let heads = (own.bold || bracketed(own.text) == Some(own.text.len()) && next.mark.is_none_or(|m| m.value < 2))
        && !leads
        && own.length <= 40
        && !is_sentence(own)
        && is_phrase(own, &key)
        && (prose(next) || own.bold && (is_field(next) || has(next.text, |c| c == '@')))
        && body.before(n).is_none_or(|l| prose(l) || is_closing(last(l.text)) || is_closed(n - 1, body));
    (heads || stands_alone(n, body, 25)).then_some(Sort::Plain)
}

/// What an entry of a list says of itself is shorter, in characters, than the text of a section.
const ENTRY: usize = 45;

/// Whether a line greets or asks the reader, is a company's signature, or where it can be found.
fn addresses(line: Line<'_>) -> bool {
    let text = trim_end(line.text, |c| is_terminal(c) || is_closing(c));
    starts_any(text, terms(group!("phrase.asks")))
        || line.mark.is_none() && is_place(text)
        || line.mark.is_none() && ends_any(text, terms(group!("phrase.signs")))
}

/// Whether a text says where somebody is found.
pub(super) fn is_place(text: &str) -> bool {
    /// Words of fewer kinds than these name no place.
    const PLACES: usize = 4;
    terms(group!("phrase.place")).iter().filter(|p| text.contains(**p)).count() >= PLACES
}

/// Whether a phrase is a word such as "Preface" that heads a part of the whole.
pub(super) fn is_word(text: &str) -> bool {
    terms(group!("heading.word")).contains(&key(text).as_str())
}

/// A phrase without punctuation that is no date, label or address.
pub(super) fn is_phrase(line: Line<'_>, key: &str) -> bool {
    !key.is_empty()
        && !has(line.text, |c| is_comma(c) || matches!(c, '\u{3002}' | '\u{ff1b}' | '@'))
        && !has(trim_end(line.text, is_colon), is_colon)
        && count_of(key, |c| c.is_ascii_digit()) < 6
        && !has(line.text, |c| is_step(c) || c == '|')
        // Several buttons are a way through menus.
        && count_of(line.text, |c| c == '\u{3010}') < 2
        && !terms(group!("date.label")).iter().any(|t| key.contains(t))
}

/// Whether a line is the name of a document and nothing else, which leads there, or stands in brackets: a note.
fn is_name(text: &str) -> bool {
    let within = |(open, close): (char, char)| first(text) == open && last(text) == close;
    [('\u{300a}', '\u{300b}'), ('\u{ff08}', '\u{ff09}'), ('(', ')')].into_iter().any(within)
}

/// A mark that whoever joined the texts left, in angle brackets.
pub(super) fn is_marker(line: Line<'_>) -> bool {
    line.text.starts_with('<') && line.text.ends_with('>')
}

/// Whether a line's words say when something came into force: a whole date, and what happened then.
pub(super) fn is_date(key: &str) -> bool {
    /// Digits of a year, a month and a day.
    const DIGITS: usize = 6;
    count_of(key, |c| c.is_ascii_digit()) >= DIGITS && terms(group!("date.said")).iter().any(|t| key.contains(t))
}

/// Whether a short phrase stands between the end of a paragraph and one of at least `least` characters; of two such phrases
/// in a row the first one heads the second.
pub(super) fn stands_alone(n: usize, body: &Body<'_, '_>, least: usize) -> bool {
    let Some(own) = body.line(n).filter(|_| is_short_phrase(n, body, false)) else { return false };
    if own.mark.is_some() {
        return (body.starts_count(n + 1)
            || heads_paragraph(n, body, least) && body.line(n + 1).is_some_and(|l| l.mark.is_none()))
            && body.before(n).and_then(|l| l.mark).is_none_or(|m| m.kind != Number::Bullet);
    }
    let closed = is_closed(n, body) || n > 0 && is_pair(n - 1, body);
    closed && (heads_paragraph(n, body, least) || is_pair(n, body))
}

/// Whether two short phrases and a paragraph follow upon each other, and what stands around are no rows of the same kind.
pub(super) fn is_pair(n: usize, body: &Body<'_, '_>) -> bool {
    let two = |n: usize| {
        let phrase = |n: usize| body.line(n).is_some_and(|l| l.mark.is_none()) && is_short_phrase(n, body, false);
        phrase(n) && phrase(n + 1)
    };
    two(n) && is_closed(n, body) && heads_paragraph(n + 1, body, 15) && !two(n + 3) && (n < 3 || !two(n - 3))
}

/// Whether a line can be a heading without a number, as far as its own words tell; `colon`: one with a colon behind it.
pub(super) fn is_short_phrase(n: usize, body: &Body<'_, '_>, colon: bool) -> bool {
    let Some(own) = body.line(n) else { return false };
    let bullet = own.mark.is_some_and(|m| m.kind == Number::Bullet);
    let text = trim_end(own.body(), is_colon);
    let asks = matches!(last(text), '?' | '\u{ff1f}');
    // The one entry of a list, before a paragraph.
    let entry = || !body.page && matches!(own.kind, Kind::Item(_)) && body.line(n + 1).is_some_and(is_paragraph);
    if own.mark.is_some() && !bullet
        || !(1..=22).contains(&own.length)
        || !is_paragraph(own) && !entry()
        || is_cut_off(text)
        || ends_any(text, terms(group!("phrase.never.end")))
        || ends_any(text, terms(group!("phrase.signs")))
        || starts_any(text, terms(group!("phrase.never.start")))
        || promises(text)
        || is_name(text)
        || !asks && starts_any(text, terms(group!("subject"))) && is_statement(text)
        || text.contains('\t')
        || !is_phrase(own, &key(text))
    {
        return false;
    }
    // A question is a heading, and a list's name may end with a colon; otherwise that leads in.
    let end = last(own.text);
    if is_colon(end) && !ends_any(text, terms(group!("heading.list"))) {
        return colon && own.length <= 13 && !bullet && !opens(text);
    }
    !colon && (!is_terminal(end) || is_colon(end) || matches!(end, '?' | '\u{ff1f}'))
}

fn is_paragraph(line: Line<'_>) -> bool {
    line.kind == Kind::Paragraph
}

/// Whether a paragraph of at least `least` characters, or the first of numbered ones, follows a line. What stands before a
/// table heads it, where no element says that it is a caption.
pub(super) fn heads_paragraph(n: usize, body: &Body<'_, '_>, least: usize) -> bool {
    body.line(n + 1).is_some_and(|next| {
        if next.is_table() {
            return !body.page && matches!(next.kind, Kind::Head(_) | Kind::Row(_, 0));
        }
        next.length >= least
            && !is_field(next)
            && (is_sentence(next) || is_colon(last(next.text)) || is_long(next) || says(next.text))
            && next.mark.is_none_or(|m| m.value <= 1)
    })
}

/// Whether a line says what somebody does or may, though its full stop is lost.
fn says(text: &str) -> bool {
    starts_any(text, terms(group!("person"))) && is_statement(text)
}

/// Whether what stands before a line has ended.
pub(super) fn is_closed(n: usize, body: &Body<'_, '_>) -> bool {
    body.before(n).is_none_or(|p| {
        is_closing(last(p.text)) && !is_colon(last(p.text))
            || is_long(p)
            || p.is_table()
            || is_marker(p)
            || matches!(p.kind, Kind::Heading(_))
            || p.mark.is_some_and(|m| m.kind < Number::Enclosed) && p.length < 40
    })
}

/// A paragraph, though its full stop may be lost.
pub(super) fn is_long(line: Line<'_>) -> bool {
    line.length >= 40 && has(line.text, is_comma) && !is_colon(last(line.text))
}

/// Whether a few words and a colon stand between paragraphs: a title where the policy sets several so. Lead-ins speak of
/// who acts, or of what follows.
pub(super) fn is_label(n: usize, body: &Body<'_, '_>) -> bool {
    let plain = body.line(n + 1).is_some_and(|l| l.mark.is_none());
    plain && is_short_phrase(n, body, true) && is_closed(n, body) && heads_paragraph(n, body, 25)
}

/// A label of a few characters and its value, no sentence: what stands before it names one entry of a list.
pub(super) fn is_field(line: Line<'_>) -> bool {
    find_char(line.text, is_colon).is_some_and(|at| at < 15 && at + 3 < line.text.len())
        && !line.text.contains('\u{3002}')
}
