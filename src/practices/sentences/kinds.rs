//! A clause on giving → kinds of recipients that it names outside of its verbs' frames; who takes over, who demands.

use super::Reader;
use super::{Kind, Sure, names, scope};
use crate::lexicon::{Hit, group, keys};
use crate::practices::{Action, Actor, Mode, Practice, Receiver, Slot};

/// Recipients of a clause that are compared with others of it.
const MOST_TOLD: usize = 50;

impl Reader<'_, '_> {
    /// Kinds of recipients that a clause on giving names outside of its verbs' frames; who takes over, who demands.
    pub(super) fn kinds(&self, from: usize, out: &mut Vec<Practice>) {
        let fresh = out.get(from..).unwrap_or_default();
        let titled = self
            .sentence
            .heading
            .is_some_and(|h| matches!(h.action, Action::Share | Action::Entrust) && h.mode != Mode::DoesNot);
        let shares = fresh.iter().any(Practice::shares);
        // 'X: without your consent we never …' gives X nothing.
        let never = |p: &Practice| {
            let verb = p.verb.start().saturating_sub(self.sentence.base);
            self.clause.reading.before(group!("practice.never"), 0, verb).is_some()
        };
        let label = self.clause.segments.first().filter(|s| s.colon).map_or(0, |s| s.end);
        let withheld = fresh.iter().any(|p| p.mode == Mode::OnlyIf && never(p));
        let denies = fresh.iter().any(|p| matches!(p.mode, Mode::DoesNot | Mode::Might));
        if !(shares || titled) || denies {
            return;
        }
        let (clause, end) = (self.clause, self.clause.reading.text.len());
        let mut found: Vec<Receiver> = Vec::new();
        // What the reader publishes is a case that needs no consent.
        let cases = self.sentence.lead.is_some_and(|l| l.slot == Slot::Nothing);
        let barred = |key: &str| key == "public" && cases;
        for (key, group) in keys!("recipient.").filter(|k| !barred(k.0)) {
            let hits = clause.reading.of(group);
            found.extend(hits.iter().filter(|h| !(withheld && h.end() <= label) && self.receives(h, shares)).map(
                |h| Receiver {
                    span: self.sentence.span((h.start(), h.end())),
                    kind: Some(key),
                    name: false,
                    listed: false,
                },
            ));
        }
        // The bracket of a kind may list names.
        let kinds: Vec<Receiver> = found.iter().filter(|r| !r.name).copied().collect();
        for kind in kinds {
            let at = kind.span.end() - self.sentence.base;
            if let Some((open, close)) = clause.mask(at, at + 1) {
                names::listed(clause, self.sentence.base, kind.kind, open, close, &mut found);
            }
        }
        let merger = clause.reading.of(group!("practice.merger")).first();
        let demand = clause.reading.of(group!("practice.demand")).first();
        for (hit, key) in [(merger, "successors"), (demand, "authorities")] {
            let span = hit.map(|h| self.sentence.span((h.start(), h.end())));
            found.extend(span.map(|span| Receiver { span, kind: Some(key), name: false, listed: false }));
        }
        // Those of the verbs' own frames are told already.
        let told = out.get(from..).unwrap_or_default().iter().flat_map(|p| &p.recipients).copied().collect::<Vec<_>>();
        found.retain(|r| !told.iter().take(MOST_TOLD).any(|t| t.span.meet(r.span).is_some() && t.kind == r.kind));
        if found.is_empty() {
            return;
        }
        let span = self.sentence.span((0, end));
        let sure = if shares { Sure::Inherited } else { Sure::Guess };
        let sharing = Practice::new(self.sentence.index, span, Actor::We, Action::Share);
        out.push(Practice { recipients: found, sure, ..sharing });
    }

    /// Whether a kind of recipient that is named somewhere in a clause on giving gets something: it stands behind a preposition,
    /// in a list or at the start of a label; it owns nothing, and nothing is done for or with it.
    fn receives(&self, hit: &Hit, shares: bool) -> bool {
        let clause = self.clause;
        let reading = clause.reading;
        if self.scope.aimed(hit.start()) || clause.starts(group!("practice.of"), hit.end()) {
            return false;
        }
        let Some(segment) = clause.segments.get(clause.segment(hit.start())) else { return false };
        let start = scope::content(clause, segment);
        // 'What you publish yourself', 'from your carrier'.
        let theirs = clause.within(start, hit.start()).iter().rev().find(|w| match w.kind {
            Kind::You | Kind::Reader => {
                let which = clause.reading.after(group!("practice.of"), w.end, hit.start()).is_some();
                !which && !scope::is_dative(clause, w)
            }
            Kind::If => clause.is(group!("practice.if.you"), w.start, w.end),
            Kind::We => true,
            _ => false,
        });
        if theirs.is_some_and(|w| w.kind != Kind::We) {
            return false;
        }
        let from = clause.within(start, hit.start()).iter().rfind(|w| matches!(w.kind, Kind::From | Kind::Toward));
        if from.is_some_and(|w| clause.is(group!("practice.source"), w.start, w.end)) {
            return false;
        }
        // Back over what belongs to the same list.
        let back = clause
            .within(start, hit.start())
            .iter()
            .rev()
            .find(|w| !matches!(w.kind, Kind::And | Kind::Of | Kind::Opaque | Kind::Third | Kind::We));
        let guarded = reading.before(group!("practice.verb.protect"), start, hit.start()).is_some();
        if guarded {
            return false;
        }
        match back.map(|w| w.kind) {
            Some(Kind::With | Kind::Toward | Kind::Include | Kind::Such | Kind::Etc) => true,
            // A label, or a list at the start of its segment.
            None => !shares || segment.colon || segment.last && clause.segments.len() == 1,
            _ => false,
        }
    }
}
