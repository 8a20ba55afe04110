//! A stretch that names who gets information → receivers: names to the edge of their phrase, and kinds.
//!
//! ```text
//! receivers = receiver ((、| and) receiver)*
//! receiver  = kind name? bracket? | name bracket?      the bracket of a kind may list names
//! ```
//! A name has no words of a sentence in it and ends neither like information nor like a kind of people.

use super::lists::phrases;
use super::nouns::trim;
use super::scope;
use super::words::{Clause, Kind, Word};
use super::{Receiver, kind_of};
use crate::lexicon::{Hit, Reading, group, keys};
use crate::text::{Span, count, is_blank, is_closing, is_comma, is_ideograph, is_letter, is_opening, trim_start};

/// The longest name, in characters.
pub(super) const LONGEST: usize = 30;

/// Who is named between two places of the clause that starts at `base`.
pub(super) fn receivers(clause: &Clause<'_>, base: usize, from: usize, to: usize, out: &mut Vec<Receiver>) {
    // 'A, B and other companies': up to there names of one kind, behind it the word for them.
    let closes = |h: &&Hit| !clause.masked(h.start()) && clause.text(h.end(), to).starts_with(is_letter);
    let closed = clause.reading.within(group!("practice.etc"), from, to).iter().find(closes).copied();
    for (start, end) in phrases(clause, from, to) {
        // A company's name may hold one.
        let formed = clause.ends(group!("company.form"), end);
        match closed.filter(|c| end > c.start() && !formed) {
            Some(etc) if start < etc.start() => {
                receiver(clause, base, start, etc.start(), out);
                receiver(clause, base, etc.end(), end, out);
            }
            _ => receiver(clause, base, start, end, out),
        }
    }
    examples(clause, base, to, out);
}

/// One of them.
fn receiver(clause: &Clause<'_>, base: usize, start: usize, end: usize, out: &mut Vec<Receiver>) {
    // A company's name may hold a bracket, and words for kinds.
    let forms = clause.reading.within(group!("company.form"), start, end);
    let outside = |h: &&Hit| clause.mask(start, h.start()).is_none_or(|m| m.1 <= h.start());
    let formed = forms.iter().rfind(outside).map(Hit::end);
    let mask = clause.mask(formed.unwrap_or(start), end);
    let (head_start, head_end) = trim(clause, start, mask.map_or(end, |m| m.0));
    // 'To the printers Example Ltd. for …', 'such as Example Ltd., which …'.
    if let Some((from, to)) = company(clause, head_start, head_end).filter(|found| found.1 < head_end) {
        out.push(Receiver { span: span(base, from, to), kind: None, name: true, listed: true });
        return;
    }
    if formed.is_some_and(|at| at == head_end) {
        let kind = kind_of(clause.reading, head_start, head_end).filter(|k| *k == "affiliates");
        // A company's name may start with a particle: 'And-So Ltd.'.
        let from = match kind {
            Some(kind) => stripped(clause, behind_kind(clause, kind, head_start, head_end), head_end),
            None => stripped_words(clause, head_start, head_end),
        };
        out.push(Receiver { span: span(base, from, head_end), kind, name: true, listed: false });
        return;
    }
    let head_end = acting(clause, head_start, head_end).unwrap_or(head_end);
    let own = clause.within(head_start, head_start + 1).iter().any(|w| matches!(w.kind, Kind::You | Kind::We));
    // 'Whom we charge with it': behind the last particle.
    let of = clause.reading.within(group!("practice.of"), head_start, head_end).last().filter(|of| of.end() < head_end);
    let head_start = if own { of.map_or(head_start, Hit::end) } else { head_start };
    if own && of.is_none() {
        return;
    }
    let kind = kind_of(clause.reading, head_start, head_end);
    let from = stripped(clause, head_start, head_end);
    let brand = branded(clause, from, head_end);
    let before = out.len();
    if let Some(kind) = kind {
        let name = brand && clause.ends(group!("practice.trade"), head_end)
            || clause.is(group!("company.known"), from, head_end);
        if !name {
            let span = span(base, head_start, head_end);
            out.push(Receiver { span, kind: Some(kind), name: false, listed: false });
        }
        let behind = if name { from } else { behind_kind(clause, kind, head_start, head_end) };
        if name || behind > head_start && is_name(clause, behind, head_end) {
            let span = span(base, behind, head_end);
            out.push(Receiver { span, kind: Some(kind), name: true, listed: name });
        }
    } else {
        let name = brand || is_name(clause, from, head_end);
        out.push(Receiver { span: span(base, from, head_end), kind: None, name, listed: brand });
    }
    let named = out.get(before..).is_some_and(|new| new.iter().any(|r| r.name && (r.listed || r.kind.is_some())));
    if let Some((open, close)) = mask.filter(|_| !named) {
        listed(clause, base, kind, open, close, out);
    }
}

/// 'To the insurer checks', 'to a law firm collects': where the noun for somebody ends of whom the phrase goes on to say what
/// is done.
fn acting(clause: &Clause<'_>, from: usize, to: usize) -> Option<usize> {
    let whose = [group!("company.weak"), group!("practice.party")];
    let end = whose.into_iter().filter_map(|g| clause.reading.within(g, from + 1, to).last().map(Hit::end)).max()?;
    let rest = clause.text(end, to);
    let plain = clause.within(end, to).iter().all(|w| matches!(w.kind, Kind::Verb(_)) || w.weak);
    let acts = end < to && (ACT..=LONGEST_ACT).contains(&count(rest)) && rest.chars().all(is_letter) && plain;
    let thing = clause.ends(group!("practice.host"), to) || clause.ends(group!("practice.noun.data"), to);
    (acts && !thing && !super::frames::somebody(clause, end, to)).then_some(end)
}

/// Characters of what somebody is to do.
const ACT: usize = 2;
const LONGEST_ACT: usize = 6;

/// 'To couriers, such as A, B, and for example C': names behind the comma, which could be data as well.
fn examples(clause: &Clause<'_>, base: usize, to: usize, out: &mut Vec<Receiver>) {
    let at = clause.segment(to);
    let Some(own) = clause.segments.get(at) else { return };
    let who = kind_of(clause.reading, own.start, to).is_some() || clause.ends(group!("practice.party"), to);
    let next = clause.segments.get(at + 1).filter(|_| own.end == to && own.colon && who);
    // 'To the following: A, B and C'.
    if let Some(next) = next {
        let list = phrases(clause, next.start, next.end);
        let named = list.iter().filter(|m| in_list(clause, &list, m.0, m.1));
        out.extend(named.map(|m| Receiver { span: span(base, m.0, m.1), kind: None, name: true, listed: true }));
        return;
    }
    // Behind what is given only companies are no examples of it.
    let strict = own.end != to || !who;
    if own.last {
        return;
    }
    for next in clause.segments.get(at + 1..).unwrap_or_default() {
        let from = stripped(clause, scope::content(clause, next), next.end);
        let from = if from < next.end { from } else { scope::content(clause, next) };
        let first = clause.within(scope::content(clause, next), from + 1);
        let Some(opener) = first.iter().find(|w| matches!(w.kind, Kind::Include | Kind::Such | Kind::And)) else {
            break;
        };
        for (start, end) in phrases(clause, opener.end, next.end) {
            let found = company(clause, start, end);
            let (start, end) = found.unwrap_or_else(|| trim(clause, start, closing_bracket(clause, start, end)));
            if found.is_some() || !strict && (branded(clause, start, end) || is_known(clause, start, end)) {
                out.push(Receiver { span: span(base, start, end), kind: None, name: true, listed: true });
            }
        }
        if next.last {
            break;
        }
    }
}

/// The company by its legal form in a phrase, behind the words that say which one or what it is: 'such as the printers
/// Example Ltd.', 'Example Ltd., which …'.
fn company(clause: &Clause<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let outside = |h: &&Hit| clause.mask(from, h.start()).is_none_or(|m| m.1 <= h.start());
    let form = clause.reading.within(group!("company.form"), from, to).iter().rfind(outside)?;
    // A particle of one character may be a part of a name.
    let said = |w: &&Word| {
        let long = w.end - w.start > ONE;
        w.kind == Kind::Of || long && matches!(w.kind, Kind::Such | Kind::Include | Kind::By | Kind::Toward)
    };
    let words = clause.within(from, form.start());
    let start = words.iter().rfind(said).map_or(from, |w| w.end);
    let start = stripped_words(clause, start, form.start());
    // What it is, before the place that its name starts with.
    let place = clause.reading.after(group!("company.place"), start + 1, form.start()).map(|h| h.start());
    let kinds = [group!("company.weak"), group!("practice.party"), group!("practice.trade")];
    let start = place.filter(|at| kinds.into_iter().any(|g| clause.ends(g, *at))).unwrap_or(start);
    let (start, end) = trim(clause, start, form.end());
    (count(clause.text(start, end)) > SHORTEST_COMPANY).then_some((start, end))
}

/// Characters of a legal form with next to nothing before it.
const SHORTEST_COMPANY: usize = 5;

/// Names of a list: of two and more one that is surely a name makes the others names, too, that could be some.
pub(super) fn in_list(clause: &Clause<'_>, list: &[(usize, usize)], from: usize, to: usize) -> bool {
    let sure = |at: &(usize, usize)| branded(clause, at.0, at.1) || is_sure(clause, at.0, at.1);
    let kind = kind_of(clause.reading, from, to).is_some() || is_trade(clause, from, to);
    let named = is_name(clause, from, to) && !kind || branded(clause, from, to) || is_known(clause, from, to);
    list.len() > 1 && named && list.iter().take(MOST).any(sure)
}

/// Members of a list among which a sure name is looked for.
const MOST: usize = 16;

/// Where a phrase ends before the bracket behind it, which a company's name may hold.
pub(super) fn closing_bracket(clause: &Clause<'_>, from: usize, to: usize) -> usize {
    let formed = clause.reading.within(group!("company.form"), from, to).last().map_or(from, Hit::end);
    clause.mask(formed, to).map_or(to, |m| m.0)
}

/// A known company, and nothing else but what it offers.
pub(super) fn is_known(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let plain = |w: &Word| w.kind == Kind::Opaque || w.weak;
    let service = || count(clause.text(from, to)) <= LONGEST_BRAND && clause.within(from, to).iter().all(plain);
    clause.starts(group!("company.known"), from) && (is_name(clause, from, to) || service())
}

/// A name that no list knows, or a known one, before the word for what it does: 'Example Couriers'.
pub(super) fn branded(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let known = clause.reading.within(group!("company.known"), from, from + 1).first();
    let behind = known.filter(|h| h.end() < to).map(Hit::end);
    // Behind a known company nothing else but what it does.
    let whole = behind.is_some_and(|at| {
        let trade = clause.reading.within(group!("practice.trade"), at, at + 1);
        trade.first().is_some_and(|h| h.end() == to)
    });
    whole || clause.ends(group!("practice.trade"), to) && proper(clause, from, to)
}

/// A name by its legal form, a known one, in Latin letters, or one that no list has.
pub(super) fn is_sure(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let latin = clause.text(from, to).chars().filter(char::is_ascii_alphabetic).count() >= UNKNOWN;
    latin || clause.ends(group!("company.form"), to) || is_known(clause, from, to) || proper(clause, from, to)
}

/// Nothing but what somebody does: 'payment', not 'Example Payment'.
pub(super) fn is_trade(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let (from, to) = trim(clause, from, to);
    !clause.starts(group!("company.known"), from)
        && keys!("role.").map(|k| k.1).chain([group!("practice.trade")]).any(|g| clause.is(g, from, to))
}

/// Whether a phrase starts with characters that no list knows: a name does, a noun for a kind of people does not.
pub(super) fn proper(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let text = clause.text(from, to);
    let plain = |w: &Word| matches!(w.kind, Kind::Opaque | Kind::With | Kind::And) || w.weak && w.start > from;
    (UNKNOWN + 1..=LONGEST_BRAND).contains(&count(text))
        && text.chars().all(|c| is_letter(c) || c == '+')
        && clause.within(from, to).iter().all(plain)
        && clause.reading.within(group!("practice.nobody"), from, to).is_empty()
        && clause.reading.within(group!("practice.etc"), from, to).is_empty()
        && !clause.ends(group!("practice.party"), to)
        && (!clause.ends(group!("practice.noun.data"), to) || clause.ends(group!("practice.trade"), to))
        && Reading::new(text).unknown() >= UNKNOWN
}

/// Bytes of an ideograph.
pub(super) const ONE: usize = 3;
/// Ideographs in a row that no list knows.
pub(super) const UNKNOWN: usize = 2;
/// The longest name without a legal form, in characters.
const LONGEST_BRAND: usize = 12;

/// Where the word for the kind ends, if a name may stand behind it.
fn behind_kind(clause: &Clause<'_>, kind: &'static str, from: usize, to: usize) -> usize {
    let of = keys!("recipient.").find(|(key, _)| *key == kind);
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
    let openers = [group!("practice.include"), group!("practice.such"), group!("practice.embed")];
    let opener = openers.into_iter().find_map(|g| {
        let hit = clause.reading.within(g, inner, inner + 1).first()?;
        Some(hit.end())
    });
    if opener.is_none() && clause.starts(group!("practice.remark"), inner) {
        return;
    }
    let from = opener.unwrap_or(inner);
    // 'Institutions (such as A, B)'.
    let somebody = [group!("practice.party"), group!("practice.nobody.end")];
    let party = opener.is_some() && somebody.into_iter().any(|g| clause.ends(g, open));
    for (start, end) in phrases_inside(clause, from, end) {
        // 'Example's kit': Example.
        let kit = clause.reading.of(group!("practice.kit")).iter().find(|h| h.end() == end).map(Hit::start);
        let of = clause.reading.of(group!("practice.of")).iter().find(|h| Some(h.end()) == kit).map(Hit::start);
        let end = of.filter(|of| *of > start).unwrap_or(end);
        // 'Partners (carriers, courier companies)': kinds, too.
        let known = clause.reading.after(group!("company.known"), start, end).is_some()
            || clause.reading.after(group!("company.place"), start, end).is_some();
        let inner =
            kind_of(clause.reading, start, end).filter(|key| !known && behind_kind(clause, key, start, end) == end);
        let brand = branded(clause, start, end);
        if let Some(kind) = inner.filter(|_| !brand) {
            out.push(Receiver { span: span(base, start, end), kind: Some(kind), name: false, listed: false });
        } else if brand || is_name(clause, start, end) {
            // Of everybody a bracket gives examples, no names.
            if matches!(kind, Some("public" | "users" | "media")) {
                continue;
            }
            let formed = clause.ends(group!("company.form"), end);
            let listed = brand || formed || (kind.is_some() || party) && is_sure(clause, start, end);
            out.push(Receiver { span: span(base, start, end), kind, name: true, listed });
        }
    }
}

/// Phrases between list commas where no word of the grammar was sought.
fn phrases_inside(clause: &Clause<'_>, from: usize, to: usize) -> Vec<(usize, usize)> {
    let text = clause.text(from, to);
    let marks = text.char_indices().filter(|(_, c)| is_comma(*c) || matches!(c, '\u{3001}' | '/' | '\u{ff1b}'));
    let mut cuts: Vec<(usize, usize)> = marks.map(|(at, c)| (from + at, from + at + c.len_utf8())).collect();
    // A conjunction of one character may be a part of a name: not where nothing but one would be left.
    for hit in clause.reading.within(group!("practice.joint"), from, to) {
        let plain = |c: &char| is_letter(*c) && !is_comma(*c) && *c != '\u{3001}';
        let before = clause.text(from, hit.start()).chars().rev().take_while(plain).take(2).count();
        let behind = clause.text(hit.end(), to).chars().take_while(plain).take(2).count();
        if before > 1 && behind > 1 {
            cuts.push((hit.start(), hit.end()));
        }
    }
    cuts.sort_unstable();
    cuts.push((to, to));
    let (mut out, mut start) = (Vec::new(), from);
    for (at, next) in cuts.into_iter().filter(|c| c.1 >= c.0) {
        let (a, b) = trim(clause, start, at.max(start));
        let etc = clause.reading.after(group!("practice.etc"), a, b).map_or(b, |h| h.start());
        if etc > a {
            out.push((a, etc));
        }
        start = next.max(start);
    }
    out
}

/// Past the words that say which one is meant.
pub(super) fn stripped(clause: &Clause<'_>, mut from: usize, to: usize) -> usize {
    while let Some(hit) = clause.reading.within(group!("practice.strip"), from, from + 1).first() {
        if hit.end() >= to {
            break;
        }
        from = hit.end();
    }
    from
}

/// Whether a place starts its segment: what stands there joins nothing.
pub(super) fn opens(clause: &Clause<'_>, at: usize) -> bool {
    clause.segments.get(clause.segment(at)).is_some_and(|s| scope::content(clause, s) == at || clause.number == at)
}

/// The same but for particles of one character.
fn stripped_words(clause: &Clause<'_>, from: usize, to: usize) -> usize {
    let particle = clause.reading.within(group!("practice.strip"), from, from + 1).first();
    let particle = particle.is_some_and(|h| clause.text(h.start(), h.end()).chars().nth(1).is_none());
    if particle { from } else { stripped(clause, from, to) }
}

/// Whether a phrase can be somebody's name.
pub(super) fn is_name(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let (from, to) = trim(clause, from, to);
    let behind = clause.text(to, clause.reading.text.len());
    let kit = clause.starts(group!("practice.kit"), to + behind.len() - trim_start(behind, is_blank).len());
    let text = clause.text(from, to);
    let formed = clause.ends(group!("company.form"), to);
    let size = count(text);
    if !(2..=LONGEST).contains(&size) || !text.chars().any(is_letter) || text.contains("://") || text.contains('@') {
        return false;
    }
    if clause.is(group!("practice.kit"), from, to) || clause.is(group!("company.weak"), from, to) {
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

pub(super) fn span(base: usize, from: usize, to: usize) -> Span {
    Span::new(base + from, base + to)
}
