//! A stretch that names who gets information → receivers: names to the edge of their phrase, and kinds.
//!
//! ```text
//! receivers = receiver ((、| and) receiver)*
//! receiver  = kind name? bracket? | name bracket?      the bracket of a kind may list names
//! kit       = name "SDK"                               up to the word or the mark before it
//! ```
//! A name has no words of a sentence in it and ends neither like information nor like a kind of people.

use super::lists::{phrases, trim};
use super::words::{Clause, Kind};
use super::{Receiver, kind_of};
use crate::lexicon::{Hit, group};
use crate::text::{Span, count, is_blank, is_closing, is_comma, is_ideograph, is_letter, is_opening, part, trim_start};

/// The longest name, in characters.
const LONGEST: usize = 30;

/// Who is named between two places of the clause that starts at `base`.
pub(super) fn receivers(clause: &Clause<'_>, base: usize, from: usize, to: usize, out: &mut Vec<Receiver>) {
    for (start, end) in phrases(clause, from, to) {
        // A company's name may hold a bracket, and words for kinds.
        let forms = clause.reading.within(group!("company.form"), start, end);
        let outside = |h: &&Hit| clause.mask(start, h.start()).is_none_or(|m| m.1 <= h.start());
        let formed = forms.iter().rfind(outside).map(Hit::end);
        let mask = clause.mask(formed.unwrap_or(start), end);
        let (head_start, head_end) = trim(clause, start, mask.map_or(end, |m| m.0));
        if formed.is_some_and(|at| at == head_end) {
            let kind = kind_of(clause.reading, head_start, head_end).filter(|k| *k == "affiliates");
            let from = kind.map_or(head_start, |kind| behind_kind(clause, kind, head_start, head_end));
            let from = stripped(clause, from, head_end);
            out.push(Receiver { span: span(base, from, head_end), kind, name: true, listed: false });
            continue;
        }
        let own = clause.within(head_start, head_start + 1).iter().any(|w| matches!(w.kind, Kind::You | Kind::We));
        if own && !clause.starts(group!("practice.of"), first_end(clause, head_start)) {
            continue;
        }
        let kind = kind_of(clause.reading, head_start, head_end);
        let before = out.len();
        if let Some(kind) = kind {
            out.push(Receiver { span: span(base, head_start, head_end), kind: Some(kind), name: false, listed: false });
            let behind = behind_kind(clause, kind, head_start, head_end);
            if behind > head_start && is_name(clause, behind, head_end) {
                out.push(Receiver { span: span(base, behind, head_end), kind: Some(kind), name: true, listed: false });
            }
        } else {
            let start = stripped(clause, head_start, head_end);
            let name = is_name(clause, start, head_end);
            out.push(Receiver { span: span(base, start, head_end), kind: None, name, listed: false });
        }
        let named = out.get(before..).is_some_and(|new| new.iter().any(|r| r.name));
        if let Some((open, close)) = mask.filter(|_| !named) {
            listed(clause, base, kind, open, close, out);
        }
    }
}

fn first_end(clause: &Clause<'_>, at: usize) -> usize {
    clause.within(at, at + 1).first().map_or(at, |w| w.end)
}

/// Where the word for the kind ends, if a name may stand behind it.
fn behind_kind(clause: &Clause<'_>, kind: &'static str, from: usize, to: usize) -> usize {
    let of = crate::lexicon::keys!("recipient.").find(|(key, _)| *key == kind);
    of.and_then(|(_, g)| clause.reading.within(g, from, to).last()).map_or(from, Hit::end)
}

/// The names in the bracket behind a kind.
pub(super) fn listed(
    clause: &Clause<'_>,
    base: usize,
    kind: Option<&'static str>,
    open: usize,
    close: usize,
    out: &mut Vec<Receiver>,
) {
    let inner = open + clause.text(open, close).chars().next().map_or(0, char::len_utf8);
    let end = close - clause.text(open, close).chars().next_back().map_or(0, char::len_utf8);
    let opener = [group!("practice.include"), group!("practice.such")].into_iter().find_map(|g| {
        let hit = clause.reading.within(g, inner, inner + 1).first()?;
        Some(hit.end())
    });
    if opener.is_none() && clause.starts(group!("practice.remark"), inner) {
        return;
    }
    let from = opener.unwrap_or(inner);
    for (start, end) in phrases_inside(clause, from, end) {
        // 'Partners (carriers, courier companies)': kinds, too.
        let known = clause.reading.after(group!("company.known"), start, end).is_some()
            || clause.reading.after(group!("company.place"), start, end).is_some();
        let inner =
            kind_of(clause.reading, start, end).filter(|key| !known && behind_kind(clause, key, start, end) == end);
        if let Some(kind) = inner {
            out.push(Receiver { span: span(base, start, end), kind: Some(kind), name: false, listed: false });
        } else if is_name(clause, start, end) {
            out.push(Receiver { span: span(base, start, end), kind, name: true, listed: kind.is_some() });
        }
    }
}

/// Phrases between list commas where no word of the grammar was sought.
fn phrases_inside(clause: &Clause<'_>, from: usize, to: usize) -> Vec<(usize, usize)> {
    let (mut out, mut start) = (Vec::new(), from);
    let text = clause.text(from, to);
    let stops = text.char_indices().filter(|(_, c)| is_comma(*c) || matches!(c, '\u{3001}' | '/' | '\u{ff1b}'));
    for (at, width) in stops.map(|(at, c)| (from + at, c.len_utf8())).chain([(to, 0)]) {
        let (a, b) = trim(clause, start, at);
        let etc = clause.reading.after(group!("practice.etc"), a, b).map_or(b, |h| h.start());
        if etc > a {
            out.push((a, etc));
        }
        start = at + width;
    }
    out
}

/// Names of kits in the product: what stands right before the word for a kit.
pub(super) fn kits(clause: &Clause<'_>, base: usize) -> Vec<Receiver> {
    let mut out: Vec<Receiver> = Vec::new();
    let hits = clause.reading.of(group!("practice.kit"));
    let mut reached = 0;
    for hit in hits {
        let start = name_start(clause, reached, hit.start());
        let before = out.len();
        reached = hit.end();
        let of = clause.within(start, hit.start()).last().filter(|w| w.kind == Kind::Of && w.end == hit.start());
        let end = of.map_or(hit.start(), |w| w.start);
        for (a, b) in phrases(clause, start, end) {
            let a = stripped(clause, a, b);
            // The word for a kit is part of the last one's name.
            let whole = if b == hit.start() && of.is_none() { hit.end() } else { b };
            if is_name(clause, a, b) {
                out.push(Receiver { span: span(base, a, whole), kind: Some("sdk"), name: true, listed: true });
            }
        }
        if out.len() > before {
            continue;
        }
        // 'Kits of others (A, B)', 'kits of others: A, B'.
        let Some(segment) = clause.segments.get(clause.segment(hit.start())) else { continue };
        if let Some((open, close)) = clause.mask(hit.end(), hit.end() + 1) {
            listed(clause, base, Some("sdk"), open, close, &mut out);
            continue;
        }
        let includes = clause.within(hit.end(), segment.end + 1).iter().find(|w| w.kind == Kind::Include);
        let next = clause.segments.get(clause.segment(hit.start()) + 1).filter(|_| segment.colon);
        let list = match (includes, next) {
            (Some(word), _) if word.end < segment.end => Some((word.end, segment.end)),
            (_, Some(next)) if !next.colon => Some((next.start, next.end)),
            _ => None,
        };
        if let Some((from, to)) = list.filter(|_| hit.end() + 24 > includes.map_or(segment.end, |w| w.start)) {
            for (start, end) in phrases(clause, from, to) {
                let (start, end) = trim(clause, start, clause.mask(start, end).map_or(end, |m| m.0));
                if is_name(clause, start, end) {
                    out.push(Receiver { span: span(base, start, end), kind: Some("sdk"), name: true, listed: true });
                }
            }
        }
    }
    out
}

/// Names behind a label for them ('name of the kit: X'), behind 'by … provided', and behind what builds them in.
pub(super) fn told(clause: &Clause<'_>, base: usize, out: &mut Vec<Receiver>) {
    let mut add = |from: usize, to: usize, kind: Option<&'static str>| {
        let from = stripped(clause, from, to);
        if is_name(clause, from, to) {
            let (from, to) = trim(clause, from, to);
            out.push(Receiver { span: span(base, from, to), kind, name: true, listed: false });
        }
    };
    for pair in clause.segments.windows(2) {
        let [label, value] = pair else { continue };
        let names = [group!("column.name"), group!("column.company")].into_iter().any(|g| clause.ends(g, label.end));
        let short = label.end - label.start <= LONGEST_LABEL;
        let third = !clause.reading.within(group!("column.third"), label.start, label.end).is_empty()
            || clause.ends(group!("column.company"), label.end);
        if label.colon && names && short && third {
            // In a line without commas the next label follows behind a blank.
            let text = clause.text(value.start, value.end);
            let next = if value.colon { text.trim_end().rfind(is_blank) } else { None };
            add(value.start, next.map_or(value.end, |at| value.start + at), Some("sdk"));
        }
    }
    for (at, word) in clause.words.iter().enumerate().filter(|(_, w)| w.kind == Kind::By) {
        let behind = clause.words.get(at + 1..).unwrap_or_default().iter();
        let verb = behind.clone().find(|w| matches!(w.kind, Kind::Verb(_)));
        let other = behind.clone().next().is_some_and(|w| matches!(w.kind, Kind::We | Kind::You | Kind::Reader));
        if let Some(verb) = verb.filter(|v| !other && clause.is(group!("practice.provide"), v.start, v.end)) {
            add(word.end, verb.start, None);
        }
    }
    for hit in clause.reading.of(group!("practice.embed")) {
        let Some(segment) = clause.segments.get(clause.segment(hit.start())) else { continue };
        let words = clause.within(hit.end(), segment.end);
        let stop = words.iter().find(|w| !matches!(w.kind, Kind::And | Kind::With | Kind::Opaque));
        let end = stop.map_or(segment.end, |w| w.start);
        for (from, to) in phrases(clause, hit.end(), end) {
            add(from, clause.mask(from, to).map_or(to, |m| m.0), Some("sdk"));
        }
    }
}

/// 'Payment: Example Ltd.', in a list of those who get something.
pub(super) fn labelled(clause: &Clause<'_>, base: usize, out: &mut Vec<Receiver>) {
    let [label, value] = clause.segments.as_slice() else { return };
    let (from, to) = trim(clause, value.start, value.end);
    let short = label.end - label.start <= LONGEST_LABEL;
    if label.colon && short && clause.ends(group!("company.form"), to) && is_name(clause, from, to) {
        out.push(Receiver { span: span(base, from, to), kind: None, name: true, listed: true });
    }
}

/// The longest label of a value, in bytes.
const LONGEST_LABEL: usize = 48;

/// Where a name that ends at `end` starts: behind the last mark or word of the grammar.
fn name_start(clause: &Clause<'_>, from: usize, end: usize) -> usize {
    let mut start = end;
    let text = part(clause.reading.text, 0, end);
    let mut taken = 0;
    // A kit that is itself a member of a list has no name.
    if text.ends_with('\u{3001}') {
        return end;
    }
    for (at, c) in text.char_indices().rev() {
        let before = part(text, 0, at).chars().next_back().unwrap_or('\0');
        let latin = is_blank(c) && before.is_ascii_alphanumeric();
        if at < from
            || !(is_letter(c) || latin || matches!(c, '-' | '+' | '.' | '&' | '\u{3001}')) && at + c.len_utf8() <= end
        {
            break;
        }
        taken += 1;
        if taken > LONGEST {
            return end;
        }
        start = at;
    }
    let words = clause.within(start, end);
    let stops = |k: Kind| !matches!(k, Kind::Opaque | Kind::Adverb | Kind::And | Kind::With | Kind::Of);
    let last = words.iter().rfind(|w| stops(w.kind) && w.end <= end && !w.weak).map_or(start, |w| w.end);
    let kit = clause.reading.within(group!("practice.kit.before"), start, end).iter().rfind(|h| h.end() <= end);
    last.max(kit.map_or(start, Hit::end))
}

/// Past the words that say which one is meant.
fn stripped(clause: &Clause<'_>, mut from: usize, to: usize) -> usize {
    while let Some(hit) = clause.reading.within(group!("practice.strip"), from, from + 1).first() {
        if hit.end() >= to {
            break;
        }
        from = hit.end();
    }
    from
}

/// Whether a phrase can be somebody's name.
fn is_name(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let (from, to) = trim(clause, from, to);
    let behind = clause.text(to, clause.reading.text.len());
    let kit = clause.starts(group!("practice.kit"), to + behind.len() - trim_start(behind, is_blank).len());
    let text = clause.text(from, to);
    let formed = clause.ends(group!("company.form"), to);
    let size = count(text);
    if !(2..=LONGEST).contains(&size) || !text.chars().any(is_letter) || text.contains("://") || text.contains('@') {
        return false;
    }
    let said = clause.within(from, to).iter().any(|w| match w.kind {
        Kind::Of => !formed,
        Kind::Verb(_) if w.start == from || w.end == to && !(w.weak && kit) => true,
        Kind::Opaque | Kind::With | Kind::And | Kind::In => false,
        Kind::Third | Kind::Adverb => !formed,
        Kind::Verb(_) => !w.weak,
        Kind::To | Kind::Such | Kind::Include | Kind::When => !formed,
        _ => true,
    });
    let nobody = clause.reading.after(group!("practice.nobody"), from, to).is_some_and(|_| !formed)
        || clause.ends(group!("company.short"), to)
            && [group!("company.known"), group!("company.place")]
                .iter()
                .all(|g| clause.reading.after(*g, from, to).is_none())
        || clause.reading.after(group!("practice.such"), from, to).is_some_and(|h| h.start() == from)
        || clause.ends(group!("practice.nobody.end"), to)
            && clause.reading.after(group!("company.known"), from, to).is_none_or(|h| h.end() == to)
        || clause.ends(group!("practice.noun.data"), to)
        || clause.is(group!("practice.noun.generic"), from, to);
    // In brackets no word was sought.
    let nobody = nobody || !formed && clause.reading.after(group!("practice.etc"), from, to).is_some();
    // Digits and short Latin words alone are no names.
    let worded = text.chars().any(|c| is_ideograph(c) || c.is_ascii_alphabetic());
    let edge = text.chars().next().is_none_or(|c| is_closing(c) || is_opening(c));
    (formed || !said && !nobody) && worded && !edge
}

fn span(base: usize, from: usize, to: usize) -> Span {
    Span::new(base + from, base + to)
}
