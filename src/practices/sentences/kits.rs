//! Kits of others in the product → receivers by name, and what a clause says that they take.
//!
//! ```text
//! kit = name "SDK"                               up to the word or the mark before it
//! ```

use super::Reader;
use super::{Kind, Slot, Sure, Word, kind_of, scope};
use crate::lexicon::{Hit, Reading, group};
use crate::practices::lists::phrases;
use crate::practices::names::{
    LONGEST, ONE, UNKNOWN, branded, closing_bracket, in_list, is_known, is_name, is_sure, is_trade, listed, opens,
    proper, span, stripped,
};
use crate::practices::nouns::trim;
use crate::practices::words::Clause;
use crate::practices::{Action, Actor, Given, Mode, Practice, Receiver};
use crate::text::{Span, is_blank, is_letter, part, trim_end};

impl Reader<'_, '_> {
    /// Kits of others that the clause names are in the product: they get what it says they collect.
    pub(super) fn kits(&self, from: usize, out: &mut Vec<Practice>) {
        let mut kits = named(self.clause, self.sentence.base);
        if kits.is_empty() {
            told(self.clause, self.sentence.base, &mut kits);
        }
        let sharing = |g: &Given| matches!(g.action, Action::Share | Action::Entrust) && g.mode != Mode::DoesNot;
        if kits.is_empty() && self.sentence.lead.or(self.sentence.heading).is_some_and(|g| sharing(&g)) {
            labelled(self.clause, self.sentence.base, &mut kits);
        }
        if kits.is_empty() && self.sentence.lead.is_some_and(|l| l.slot == Slot::Kits) {
            item(self.clause, self.sentence.base, &mut kits);
        }
        kits.sort_by_key(|kit| kit.span.end());
        let own = out.get_mut(from..).unwrap_or_default();
        if kits.is_empty()
            && let Some(label) = self.label()
        {
            return self.by_kits(&[label], own);
        }
        let Some(first) = kits.first() else { return };
        self.by_kits(&kits, out.get_mut(from..).unwrap_or_default());
        let third = |p: &&mut Practice| p.actor == Actor::Third && p.action == Action::Collect && p.shares();
        if let Some(practice) = out.get_mut(from..).unwrap_or_default().iter_mut().find(third) {
            practice.recipients.retain(|r| r.name);
            practice.recipients.extend(kits);
            practice.sure = practice.sure.max(Sure::Inherited);
            return;
        }
        let span = first.span;
        out.push(Practice {
            recipients: kits,
            sure: Sure::Inherited,
            ..Practice::new(self.sentence.index, span, Actor::Third, Action::Collect)
        });
    }

    /// 'Login kit: …': what a kit whose name is not told does.
    fn label(&self) -> Option<Receiver> {
        let label = self.clause.segments.first().filter(|s| s.colon)?;
        let kit = self.clause.reading.within(group!("practice.kit"), label.start, label.end).last()?;
        let span = self.sentence.span((kit.start(), kit.end()));
        (kit.end() == label.end).then_some(Receiver { span, kind: Some("sdk"), name: false, listed: false })
    }

    /// 'We have built in Example's kit, which collects', 'Example SDK: … needs to collect': the kit does it, unless we are
    /// named beside the verb.
    fn by_kits(&self, kits: &[Receiver], practices: &mut [Practice]) {
        let (clause, base) = (self.clause, self.sentence.base);
        for practice in practices {
            let verb = practice.verb.start();
            let own = clause.segment(verb - base);
            let before = kits.partition_point(|kit| kit.span.end() <= verb);
            let same = |kit: &&Receiver| {
                let between = clause.segments.get(clause.segment(kit.span.end() - base)..own);
                between.is_some_and(|s| s.iter().rev().all(|s| !s.last))
            };
            let Some(kit) = before.checked_sub(1).and_then(|at| kits.get(at)).filter(same) else { continue };
            let ours = |s: Span| clause.segment(s.start() - base) == own && s.meet(kit.span).is_none();
            let taken = practice.actor == Actor::We && practice.action == Action::Collect;
            if taken && practice.verb.end() > verb && !practice.subject.is_some_and(ours) {
                practice.actor = Actor::Third;
            }
        }
    }
}

/// Names of kits in the product: what stands right before the word for a kit.
pub(in crate::practices) fn named(clause: &Clause<'_>, base: usize) -> Vec<Receiver> {
    let mut out: Vec<Receiver> = Vec::new();
    let hits = clause.reading.of(group!("practice.kit"));
    let mut reached = 0;
    for hit in hits {
        // In the bracket of another one it is read.
        if hit.start() < reached {
            continue;
        }
        let before = out.len();
        if let Some((from, to)) = before_head(clause, hit.start()).filter(|list| list.0 >= reached) {
            for (a, b) in phrases(clause, from, to) {
                let a = stripped(clause, a, b);
                if proper(clause, a, b) || branded(clause, a, b) || is_name(clause, a, b) {
                    out.push(Receiver { span: span(base, a, b), kind: Some("sdk"), name: true, listed: true });
                }
            }
        }
        // 'Example SDK' may hold a blank.
        let text = clause.text(reached, hit.start());
        let whole_head = hit.start() - (text.len() - trim_end(text, is_blank).len());
        let head = counted(clause, whole_head);
        let start = name_start(clause, reached, head);
        if out.len() > before {
            reached = hit.end();
            continue;
        }
        let of = clause.within(start, head).last().filter(|w| w.kind == Kind::Of && w.end == head);
        let end = of.map_or(head, |w| w.start);
        // Behind a verb a conjunction joins nothing: 'we use And-So kit'.
        let part = clause.within(start, start + 1).first().filter(|w| w.kind == Kind::With);
        let part = part.filter(|w| w.end - w.start <= ONE && (start > reached || opens(clause, start)));
        let from = part.map_or(start, |w| w.end);
        reached = hit.end();
        let mut trade = false;
        let list = phrases(clause, from, end);
        for &(a, b) in &list {
            let a = if part.is_some() && a == from { start } else { stripped(clause, a, b) };
            // 'X, Y's kit': Y's.
            let b = if of.is_none() { b } else { b.min(end) };
            // The word for a kit is part of the last one's name.
            let whole = if b == whole_head && of.is_none() { hit.end() } else { b };
            // 'Three third-party kits' is nobody's.
            let told = head == whole_head && is_name(clause, a, b);
            // 'Example Platform kit: …'.
            let label = || {
                let first = clause.segments.first().is_some_and(|s| (s.colon || s.start == 0) && s.end == hit.end());
                first && of.is_none() && Reading::new(clause.text(a, b)).unknown() >= UNKNOWN
            };
            let told = told || label();
            let named = told || whole > b && branded(clause, a, b) || in_list(clause, &list, a, b);
            trade |= is_trade(clause, a, b);
            if named && !is_trade(clause, a, b) {
                out.push(Receiver { span: span(base, a, whole), kind: Some("sdk"), name: true, listed: true });
            }
        }
        // 'Kits of others (A, B)', 'kits of others: A, B'; behind 'payment kit:' follows what it does.
        if out.len() > before || trade && clause.mask(hit.end(), hit.end() + 1).is_none() {
            continue;
        }
        let Some(segment) = clause.segments.get(clause.segment(hit.start())) else { continue };
        if let Some((open, close)) = clause.mask(hit.end(), hit.end() + 1) {
            listed(clause, base, Some("sdk"), open, close, &mut out);
            let whole = out.len() > before && out.iter().skip(before).all(|r| r.name);
            reached = if whole { close } else { reached };
            continue;
        }
        // 'On phones of A, B and the like the kits of the above': theirs.
        let any = clause.reading.within(group!("practice.any"), segment.start, hit.start()).last();
        let makers = any.map_or(&[][..], |any| clause.reading.within(group!("company.known"), 0, any.start()));
        if makers.len() > 1 && out.is_empty() {
            let kit = |h: &Hit| Receiver {
                span: span(base, h.start(), h.end()),
                kind: Some("sdk"),
                name: true,
                listed: true,
            };
            out.extend(makers.iter().map(kit));
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
                let etc = clause.reading.after(group!("practice.etc"), start, end);
                let end = etc.map_or(end, |etc| etc.start());
                let named = etc.is_none() && is_name(clause, start, end);
                if named || branded(clause, start, end) || is_known(clause, start, end) {
                    out.push(Receiver { span: span(base, start, end), kind: Some("sdk"), name: true, listed: true });
                }
            }
        }
    }
    out
}

/// Back over 'three third-party', from where a kit's word starts.
fn counted(clause: &Clause<'_>, head: usize) -> usize {
    let before = clause.words.partition_point(|w| w.start < head).checked_sub(1).and_then(|at| clause.words.get(at));
    let head = before.filter(|w| w.kind == Kind::Third && w.end == head).map_or(head, |w| w.start);
    let counter = clause.reading.before(group!("practice.counter"), head.saturating_sub(COUNTER), head);
    counter.filter(|h| h.end() == head).map_or(head, |h| h.start())
}

/// Bytes of 'ten of them'.
const COUNTER: usize = 9;

/// 'A, B, C and other kits': the list before the head at `at`, if there is one.
fn before_head(clause: &Clause<'_>, at: usize) -> Option<(usize, usize)> {
    let segment = clause.segments.get(clause.segment(at))?;
    let etc = clause.reading.within(group!("practice.etc"), segment.start, at).last()?;
    let head = clause.text(etc.end(), at);
    if head.len() > LONGEST_HEAD || !head.chars().all(is_letter) {
        return None;
    }
    let start = scope::content(clause, segment);
    let words = clause.within(start, etc.start());
    let stops = |w: &&Word| match w.kind {
        Kind::Opaque | Kind::And | Kind::Adverb | Kind::Of | Kind::Such => false,
        Kind::With => w.start == start,
        Kind::Verb(_) => !w.weak,
        _ => true,
    };
    let word = words.iter().rfind(stops).map_or(start, |w| w.end);
    let builds = [group!("practice.embed"), group!("practice.kit.before")];
    let joins = |h: &&Hit| clause.is(group!("practice.and"), h.start(), h.end());
    let built = builds.into_iter().filter_map(|g| {
        let hits = clause.reading.within(g, start, etc.start());
        hits.iter().rfind(|h| !joins(h)).map(Hit::end)
    });
    let list = (built.fold(word, usize::max), etc.start());
    Some(list).filter(|list| phrases(clause, list.0, list.1).len() > 1)
}

/// Bytes between 'and other' and the word for a kit.
const LONGEST_HEAD: usize = 18;

/// Names behind a label for them ('name of the kit: X'), behind 'by … provided', and behind what builds them in.
fn told(clause: &Clause<'_>, base: usize, out: &mut Vec<Receiver>) {
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
    // 'The third-party services that we use are: A, B and C'.
    for pair in clause.segments.windows(2) {
        let [label, value] = pair else { continue };
        let third = clause.reading.after(group!("column.third"), label.start, label.end).is_some();
        let data = [group!("practice.noun.generic"), group!("practice.noun.data")];
        let leads = |w: &Word| {
            w.kind == Kind::Include && w.end >= label.end && !data.into_iter().any(|g| clause.ends(g, w.start))
        };
        if !label.colon || value.colon || !third || !clause.within(label.start, label.end).iter().any(leads) {
            continue;
        }
        let list = phrases(clause, value.start, value.end);
        for &(from, to) in &list {
            let to = clause.mask(from, to).map_or(to, |m| m.0);
            if in_list(clause, &list, from, to) {
                out.push(Receiver { span: span(base, from, to), kind: Some("sdk"), name: true, listed: true });
            }
        }
    }
    let mut add = |from: usize, to: usize, kind: Option<&'static str>| {
        let from = stripped(clause, from, to);
        if is_name(clause, from, to) {
            let (from, to) = trim(clause, from, to);
            out.push(Receiver { span: span(base, from, to), kind, name: true, listed: false });
        }
    };
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
            // What is built in may be a thing: 'music', 'a service'.
            let to = clause.mask(from, to).map_or(to, |m| m.0);
            if is_sure(clause, stripped(clause, from, to), to) {
                add(from, to, Some("sdk"));
            }
        }
    }
}

/// 'Payment: Example Ltd.', 'Example Couriers: delivery', in a list of those who get something.
fn labelled(clause: &Clause<'_>, base: usize, out: &mut Vec<Receiver>) {
    if let Some(label) = clause.segments.first().filter(|s| s.colon) {
        let (from, to) = trim(clause, scope::content(clause, label), label.end);
        let named = clause.ends(group!("company.form"), to) || branded(clause, from, to) || is_known(clause, from, to);
        if named && to - from <= LONGEST_LABEL {
            out.push(Receiver { span: span(base, from, to), kind: None, name: true, listed: true });
            return;
        }
    }
    let [label, value] = clause.segments.as_slice() else { return };
    let (from, to) = trim(clause, value.start, closing_bracket(clause, value.start, value.end));
    let short = label.end - label.start <= LONGEST_LABEL;
    // 'Couriers: Example Delivery': what the label calls somebody.
    let who =
        kind_of(clause.reading, label.start, label.end).is_some() || clause.ends(group!("practice.party"), label.end);
    let named =
        clause.ends(group!("company.form"), to) && is_name(clause, from, to) || who && branded(clause, from, to);
    if label.colon && short && named {
        out.push(Receiver { span: span(base, from, to), kind: None, name: true, listed: true });
    }
}

/// What an item names under a line that announces kits: up to its first mark.
fn item(clause: &Clause<'_>, base: usize, out: &mut Vec<Receiver>) {
    let Some(segment) = clause.segments.first() else { return };
    let start = scope::content(clause, segment);
    let (from, to) = trim(clause, start, clause.mask(start, segment.end).map_or(segment.end, |m| m.0));
    let formed = clause.ends(group!("company.form"), to);
    let named = formed || is_known(clause, from, to) || proper(clause, from, to);
    if named && to - from <= LONGEST_LABEL && !clause.ends(group!("practice.nobody.end"), to) {
        out.push(Receiver { span: span(base, from, to), kind: Some("sdk"), name: true, listed: true });
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
        taken = if c == '\u{3001}' { 0 } else { taken + 1 };
        if taken > LONGEST {
            return end;
        }
        start = at;
    }
    // '3.Example kit': the number of a list.
    let counted = part(text, start, end);
    let rest = counted.trim_start_matches(|c: char| c.is_ascii_digit());
    if let Some(rest) = rest.strip_prefix('.').filter(|r| !r.starts_with(|c: char| c.is_ascii_digit())) {
        start = end - rest.len();
    }
    let words = clause.within(start, end);
    let stops = |k: Kind| !matches!(k, Kind::Opaque | Kind::Adverb | Kind::And | Kind::With | Kind::Of);
    let last = words.iter().rfind(|w| stops(w.kind) && w.end <= end && !w.weak).map_or(start, |w| w.end);
    let kit = clause.reading.within(group!("practice.kit.before"), start, end).iter().rfind(|h| h.end() <= end);
    let start = last.max(kit.map_or(start, Hit::end));
    // 'We use Example kit': right behind who does it no noun starts.
    let verb = clause.within(start, start + 1).first().filter(|w| matches!(w.kind, Kind::Verb(_)) && w.end < end);
    let subject = clause.words.partition_point(|w| w.start < start).checked_sub(1).and_then(|at| clause.words.get(at));
    let acts = subject.is_some_and(|w| w.end == start && matches!(w.kind, Kind::We | Kind::Modal | Kind::Adverb));
    verb.filter(|_| acts).map_or(start, |w| w.end)
}
