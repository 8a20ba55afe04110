//! A line → what its own words say: a title, a phrase before text, a sentence. No neighbours are asked.

use super::Line;
use super::aside::is_sentence;
use super::phrases::is_word;
use crate::blocks::Kind;
use crate::lexicon::{group, terms};
use crate::numbering::{self, Kind as Number};
use crate::text::{
    count, ends_any, find as find_char, first, has, is_blank, is_closing, is_colon, is_comma, is_ideograph, is_opening,
    is_semicolon, is_terminal, last, pairs, part, starts_any, trim_end, trim_start,
};

/// What a numbered line's own shape says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A heading whatever its siblings are.
    Sure,
    /// Could be one.
    Title,
    /// The same with a full stop behind it: an oversight where most of its siblings are titles.
    Stopped,
    /// A short phrase, then text: where the phrase ends.
    RunIn(u32),
    /// A phrase, one gap of white space, then text: where the phrase ends. Only its siblings tell whether it is a title.
    Gap(u32),
    /// The same as a title, but with a comma and longer than those.
    Long,
    /// A clause without a full stop, which may lead to a list.
    Lead,
    /// A sentence or an item.
    Text,
}

/// Whether a line only leads to the list behind it.
pub(super) fn is_lead(line: Line<'_>) -> bool {
    is_colon(last(line.text)) && promises(line.text)
}

/// Whether a text says that something follows.
pub(super) fn promises(text: &str) -> bool {
    terms(group!("lead")).iter().any(|w| text.contains(w))
}

pub(super) fn opens(text: &str) -> bool {
    starts_any(text, terms(group!("opener"))) && !starts_any(text, terms(group!("opener.word")))
}

/// The longest title, in characters: outer headings may be longer.
pub(super) fn limit(kind: Number) -> usize {
    match kind {
        Number::Appendix | Number::Part | Number::Chapter | Number::Article | Number::Han => 60,
        Number::HanEnclosed => 50,
        _ => 45,
    }
}

pub(super) fn shape(line: Line<'_>) -> Shape {
    let Some(mark) = line.mark else { return Shape::Text };
    if mark.kind == Number::Bullet || line.is_table() {
        return Shape::Text;
    }
    let body = line.body();
    let bare = trim_end(body, |c| is_blank(c) || is_colon(c));
    let comma = has(body, is_comma);
    // A noun and its ordinal, parted by a colon from what they name.
    let appended = || numbering::parse(bare).filter(|m| m.kind == Number::Appendix);
    let named = numbering::parse_word(bare).or_else(appended).map_or(0, |m| m.end);
    let outer = mark.kind <= Number::Han;
    // Two short titles in one.
    let double = outer && line.length <= DOUBLE;
    let title = part(bare, named, bare.len());
    // Markup and bold alone make no heading of an inner number: items of enumerations are set so, too.
    let marked = matches!(line.kind, Kind::Heading(_));
    let sentence = is_sentence(line)
        || has(title, |c| c == '\u{3002}' || is_colon(c))
        || !double && has(title, is_semicolon)
        || matches!(last(body), '\u{ff0c}' | ',' | '\u{3001}')
        || mark.kind >= Number::Decimal && (is_claim(body) || is_definition(body) || goes_on(body));
    if (marked || line.bold) && has_note(bare) {
        return Shape::Title;
    }
    if let Some(end) = bracketed_lead(line, mark.end) {
        return Shape::RunIn(end as u32);
    }
    // Who acts starts a sentence behind a title that lost its line break.
    if let Some(end) = gap(line).filter(|_| !marked)
        && let rest = trim_start(part(line.text, end, line.text.len()), is_blank)
        && starts_any(rest, terms(group!("person")))
        && (heads_text(line, mark.end, end) || is_statement(rest))
    {
        return Shape::RunIn(end as u32);
    }
    // "What you tell us" is a chapter; items of enumerations end so, too.
    let noun_of = ends_any(bare, terms(group!("noun.of")));
    if !sentence && (marked || noun_of && (outer || line.bold) || !is_cut_off(bare)) {
        if line.length <= limit(mark.kind) {
            if outer && !(comma && line.length > 30) {
                return Shape::Sure;
            }
            if !comma || line.length <= 30 || marked {
                return Shape::Title;
            }
        }
        if (outer || marked) && line.length <= 90 {
            return Shape::Title;
        }
    }
    if !comma
        && (line.bold || line.bold_lead == 0 || run_in(line, mark.end).is_none())
        && line.length <= 30
        && let Some(title) = bare.strip_suffix(['\u{3002}', '\u{ff1b}'])
        && !has(title, |c| matches!(c, '\u{3002}' | '\u{ff1b}' | '\u{ff1a}'))
        && !is_cut_off(title)
    {
        let full = (mark.kind <= Number::HanEnclosed || line.bold) && line.length <= 24 && bare.ends_with('\u{3002}');
        return if full { Shape::Title } else { Shape::Stopped };
    }
    if let Some(end) = run_in(line, mark.end) {
        return Shape::RunIn(end as u32);
    }
    if let Some(end) = gap(line).filter(|end| heads_text(line, mark.end, *end)) {
        return Shape::Gap(end as u32);
    }
    match line.length {
        _ if sentence || is_cut_off(bare) && !noun_of && !is_colon(last(body)) => Shape::Text,
        length if length <= limit(mark.kind) && !promises(bare) && !is_colon(last(body)) => Shape::Long,
        ..=LEAD => Shape::Lead,
        _ => Shape::Text,
    }
}

/// The longest clause that stands for a title, in characters.
const LEAD: usize = 70;

/// Whether a line stops in the sentence of somebody who will act: "to make this work, we need".
fn goes_on(line: &str) -> bool {
    let acts = |(_, clause): (_, &str)| acts(clause) && !ends_any(clause, terms(group!("heading.noun")));
    opens(line) && !is_colon(last(line)) && line.rsplit_once(is_comma).is_some_and(acts)
}

/// The longest title of two that a semicolon parts, in characters.
const DOUBLE: usize = 20;

/// Whether a line says what somebody agrees to, or does, and that it follows: that leads to it.
fn is_claim(line: &str) -> bool {
    let phrase = trim_end(line, is_colon);
    let verbs = terms(group!("consent.verb"));
    let leads = phrase.len() < line.len() && ends_any(phrase, verbs) || is_statement(phrase) && promises(phrase);
    behind_subject(phrase).is_some_and(|rest| leads || starts_any(rest, verbs))
}

/// Where the first sign of a sentence stands outside of brackets, and that sign: a narrow full stop behind an ideograph is
/// one, too.
pub(super) fn stop(text: &str) -> Option<(usize, char)> {
    /// Bytes in which a title, with a note in it, ends.
    const NEAR: usize = 240;
    let (mut open, mut before) = (0u32, None);
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < NEAR) {
        match c {
            '(' | '\u{ff08}' => open += 1,
            ')' | '\u{ff09}' => open = open.saturating_sub(1),
            _ if open > 0 => {}
            _ if is_terminal(c) || is_comma(c) => return Some((at, c)),
            _ if is_blank(c) && before.is_some_and(|at| is_latin_stop(part(text, 0, at))) => {
                return before.map(|at| (at - 1, '\u{3002}'));
            }
            _ => {}
        }
        before = Some(at + c.len_utf8());
    }
    None
}

/// Whether a text ends with a narrow full stop behind an ideograph.
fn is_latin_stop(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|text| is_ideograph(last(text)))
}

/// The longest title that nothing but white space parts from its text, in characters.
const GAP: usize = 24;

/// Where the first gap stands in a line's body, in bytes of the line, if it can part a title from its text: there is no
/// other one before the next sign.
pub(super) fn gap(line: Line<'_>) -> Option<usize> {
    let body = line.body();
    let end = find_char(body, is_blank)?;
    let rest = trim_start(part(body, end, body.len()), is_blank);
    let sentence = part(rest, 0, find_char(rest, |c| is_terminal(c) || is_comma(c)).unwrap_or(rest.len()));
    let title = part(body, 0, end);
    let dash = |c: char| matches!(c, '\u{2013}' | '\u{2014}');
    let words = is_ideograph(last(trim_end(title, dash)))
        && is_ideograph(first(rest))
        && !has(title, |c| is_terminal(c) || is_comma(c));
    (words && count(title) <= GAP && !has(sentence, is_blank)).then_some(line.text.len() - body.len() + end)
}

/// Whether a title has a note in brackets behind it that is longer than itself: what a template says to its author.
pub(super) fn has_note(title: &str) -> bool {
    let text = trim_end(title, is_blank);
    let own = without_note(text);
    count(own) > 1 && own.len() * 2 < text.len() && !has(own, |c| is_terminal(c) || is_comma(c))
}

/// A text without the brackets at its end.
pub(super) fn without_note(text: &str) -> &str {
    let text = trim_end(text, is_blank);
    let note = pairs(text).into_iter().find(|(_, close)| *close + last(text).len_utf8() == text.len());
    part(text, 0, note.map_or(text.len(), |(open, _)| open))
}

/// Whether a phrase cannot be a whole title: it stops at a conjunction or a particle, or inside of brackets.
pub(super) fn is_cut_off(title: &str) -> bool {
    let title = super::without_link(trim_end(title, is_blank));
    let end = trim_end(title, is_blank);
    // Quotes are doubled and turned round too often; the rest of these is decoration.
    let skip =
        |c: char| matches!(c, '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}') || crate::numbering::is_decoration(c);
    let mut open = 0;
    for c in title.chars().filter(|c| !skip(*c)) {
        open += i32::from(is_opening(c));
        open -= i32::from(matches!(
            c,
            '\u{ff09}' | ')' | '\u{300b}' | '\u{300d}' | '\u{300f}' | '\u{3009}' | ']' | '}' | '\u{ff3d}'
        ));
    }
    open != 0 || ends_any(end, terms(group!("title.never.end"))) && !ends_any(end, terms(group!("title.may.end")))
}

/// Where the phrase that a line starts with ends: with its bold, or at a colon or a full stop, with a sentence behind it.
pub(super) fn run_in(line: Line<'_>, from: usize) -> Option<usize> {
    if line.bold_lead > 0 && !line.bold {
        let lead = part(line.text, from, from + line.bold_lead);
        let end = from + trim_end(lead, |c| is_blank(c) || is_terminal(c) || is_comma(c)).len();
        // Bold that is broken in the middle of a word stops anywhere, and goes on.
        let rest = trim_start(part(line.text, end, line.text.len()), is_blank);
        // Behind a comma the sentence goes on that the bold words start.
        let whole = !is_comma(first(rest)) && (!line.bold_again || is_closing(first(rest)) || opens(rest));
        if whole && heads_text(line, from, end) {
            return Some(end);
        }
    }
    let body = line.body();
    // The colon of a noun and its ordinal parts them from what they name.
    let named = numbering::parse_word(body).map_or(0, |m| m.end);
    let (stop, sign) = stop(part(body, named, body.len())).map(|(at, sign)| (named + at, sign))?;
    // A full stop behind a gap ends the first sentence of the text.
    let whole = is_colon(sign) || sign == '\u{3002}' && gap(line).is_none_or(|gap| gap > from + stop);
    if whole && heads_text(line, from, from + stop) {
        return Some(from + stop);
    }
    // White space parts a title from its text where that starts like one.
    let end = gap(line)?;
    let rest = trim_start(part(line.text, end, line.text.len()), is_blank);
    (opens(rest) && heads_text(line, from, end)).then_some(end)
}

/// Whether a line's first clause says what its first word means, or the text behind its colon or comma what the phrase
/// before it does.
pub(super) fn is_definition(text: &str) -> bool {
    let verbs = terms(group!("definition.verb"));
    let end = find_char(text, |c| is_terminal(c) || is_comma(c)).unwrap_or(text.len());
    let rest = part(text, end, text.len());
    let clause = part(text, 0, end);
    // A verb of one character is one behind a quoted term.
    let behind =
        |at: usize| matches!(last(part(clause, 0, at)), '\u{201d}' | '\u{2019}' | '\u{300d}' | '\u{300f}' | '"');
    let says = |verb: &&str| clause.find(*verb).is_some_and(|at| verb.chars().nth(1).is_some() || behind(at));
    let parted = is_colon(first(rest)) || is_comma(first(rest));
    let behind = trim_start(rest, |c| is_colon(c) || is_comma(c) || is_blank(c));
    verbs.iter().any(says) || parted && starts_any(behind, verbs)
}

/// Whether a phrase at the start of a line can be the title of the rest.
pub(super) fn heads_text(line: Line<'_>, start: usize, end: usize) -> bool {
    let (title, after) = (part(line.text, start, end), part(line.text, end, line.text.len()));
    let verbs = terms(group!("definition.verb"));
    let rest = trim_start(after, |c| is_blank(c) || is_closing(c) || c == '.');
    let stopped = matches!(first(after), '\u{3002}' | '.');
    let limit = if stopped { 24 } else { 45 };
    // Behind a number a clause that starts like a sentence is one, though its full stop is lost.
    let sentence = line.mark.is_some_and(|m| m.kind != Number::Bullet) && opens(rest);
    (2..=limit).contains(&count(title))
        && !has(title, |c| matches!(c, '\u{3002}' | '\u{ff0c}' | '\u{ff1b}'))
        // What names who acts is a sentence, but for a few words ("What you provide.").
        && (!stopped || count(title) <= 10 || !states(title) || is_nominal(title))
        && !is_cut_off(title)
        && !ends_any(title, verbs)
        && !after.starts_with("://")
        // "You understand that" leads to what you understand.
        && !(starts_any(title, terms(group!("subject"))) && ends_any(title, terms(group!("consent.verb"))))
        && !starts_any(rest, verbs)
        && (is_colon(last(rest))
            || count(rest) >= 10
                && (rest.contains('\u{3002}')
                    || (count(rest) > 30 || sentence) && rest.contains('\u{ff0c}')
                    || sentence && is_semicolon(last(rest))))
        && (!is_semicolon(last(line.text))
            || end <= start + line.bold_lead
            || is_colon(first(after)) && ends_any(title, terms(group!("heading.noun"))))
}

/// Whether a phrase says what somebody does, or must.
pub(super) fn states(phrase: &str) -> bool {
    starts_any(phrase, terms(group!("subject"))) || is_statement(phrase)
}

/// What stands behind who acts at the start of a phrase.
fn behind_subject(phrase: &str) -> Option<&str> {
    terms(group!("subject")).iter().filter_map(|s| phrase.strip_prefix(s)).min_by_key(|rest| rest.len())
}

/// Whether a phrase says that somebody will or must do something.
pub(super) fn acts(phrase: &str) -> bool {
    behind_subject(phrase).is_some_and(|rest| starts_any(rest, terms(group!("subject.modal"))))
}

/// Whether a phrase that names who acts is a noun all the same: "the measures that we take".
fn is_nominal(phrase: &str) -> bool {
    behind_subject(phrase).is_some()
        && !acts(phrase)
        && !terms(group!("statement.modal")).iter().any(|m| phrase.contains(m))
        && ends_any(phrase, terms(group!("heading.noun")))
        && terms(group!("noun.of")).iter().any(|of| phrase.contains(of))
        && !is_statement(phrase)
        && !promises(phrase)
}

/// Whether a phrase has a verb of doing or having to.
pub(super) fn is_statement(phrase: &str) -> bool {
    terms(group!("sentence.sign")).iter().any(|t| phrase.contains(t))
}

/// Where the phrase in brackets that a line without a number starts with ends.
pub(super) fn bracketed(text: &str) -> Option<usize> {
    let end = text.strip_prefix('\u{3010}')?.find('\u{3011}')? + 6;
    let inner = part(text, 3, end - 3);
    // A way through menus has its steps parted by dashes, too, or starts where such ways do.
    let dashed = has(inner, |c| matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{ff0d}'));
    let slashed = inner.contains('/') && starts_any(inner, terms(group!("menu.start")));
    let path = dashed || slashed || has(inner, is_step);
    (!path && !has(inner, |c| is_terminal(c) || is_comma(c))).then_some(end)
}

/// A sign between the steps of a way through menus.
pub(super) fn is_step(c: char) -> bool {
    matches!(c, '>' | '\u{203a}' | '\u{bb}' | '\u{2192}' | '\u{ff1e}')
}

/// Where such a phrase at a place in a line ends, if it heads the text behind it: a button's name goes on in its sentence.
pub(super) fn bracketed_lead(line: Line<'_>, from: usize) -> Option<usize> {
    let end = from + bracketed(part(line.text, from, line.text.len()))?;
    let rest = trim_start(part(line.text, end, line.text.len()), is_blank);
    // Behind a number it does where a sentence with its own subject follows, and no other button.
    let clause = part(rest, 0, find_char(rest, is_terminal).unwrap_or(rest.len()));
    let acts = || terms(group!("person")).iter().any(|p| clause.contains(p)) && !has(rest, |c| c == '\u{3010}');
    let article = |m: numbering::Mark| m.kind == Number::Article || m.kind < Number::Circled && acts();
    let leads = is_terminal(first(rest))
        || opens(rest)
        || is_word(part(line.text, from, end))
        || line.mark.is_some_and(article);
    (leads && heads_text(line, from, end)).then_some(end)
}
