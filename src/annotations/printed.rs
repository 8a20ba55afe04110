//! A policy that prints what is sensitive in bold, and says so → marks on what it prints in bold and takes.
//!
//! The policy's word is enough: no list has to know what it calls sensitive. Only what a practice says is had is marked, since
//! headings and warnings are bold, too.

use super::said::within;
use super::{At, Category, Context, Kind, Mark};
use crate::lexicon::{Group, Reading, group, keys};
use crate::practices::{Action, Actor, Mode, Practice};
use crate::text::Span;

/// The regimes under which what is called sensitive without more is: all.
const ALL: u8 = 0b111;

/// Characters in bold that are a name: longer ones are sentences.
const NAME: usize = 24;

/// Whether words end in the name of an item.
fn is_item(words: &str) -> bool {
    let reading = Reading::new(words);
    keys!("item.").any(|(_, group)| reading.of(group).last().is_some_and(|hit| hit.end() == words.len()))
}

/// Adds the marks. `has` tells whether a term of a group stands in a clause. Linear in the clauses and their objects.
pub(super) fn mark(marks: &mut Vec<Mark>, bold: &[Span], places: At<'_, '_>, has: &dyn Fn(usize, Group) -> bool) {
    let says = |i: usize| {
        has(i, group!("sensitive.printed"))
            && (has(i, group!("sensitive.cue.sensitive")) || has(i, group!("sensitive.other.generic")))
    };
    let count = (0..).map_while(places).count();
    if bold.is_empty() || !(0..count).any(says) {
        return;
    }
    let takes = |p: &&Practice| {
        let had = matches!(p.action, Action::Collect | Action::Use | Action::Store | Action::AskPermission);
        had && matches!(p.actor, Actor::We | Actor::You) && matches!(p.mode, Mode::Does | Mode::OnlyIf)
    };
    let known = marks.len();
    for (clause, place) in (0..).map_while(places).enumerate() {
        // Those of before are in order; what is added here is not yet.
        let from = marks.get(..known).unwrap_or_default().partition_point(|m| m.clause < clause);
        let own = marks.get(from..known).unwrap_or_default().iter().take_while(|m| m.clause == clause);
        let own = own.filter(|m| matches!(m.kind, Kind::Sensitive { .. }));
        // By start, with the end of the one that reaches farthest so far.
        let mut reached: Vec<(usize, usize)> = own.map(|m| (m.start, m.end)).collect();
        reached.sort_unstable();
        let mut farthest = 0;
        for m in &mut reached {
            farthest = farthest.max(m.1);
            m.1 = farthest;
        }
        let objects = place.practices.iter().filter(takes).flat_map(|p| &p.objects).filter(|o| !o.generic);
        let mut had: Vec<Span> = objects.map(|o| o.span).collect();
        had.sort_by_key(|span| (span.end(), span.start()));
        let here = Span::new(place.base, place.base + place.text.len());
        let first = bold.partition_point(|b| b.end() <= here.start());
        let short = bold.get(first..).unwrap_or_default().iter().take_while(|b| b.start() < here.end());
        let denied = place.practices.iter().any(|p| p.mode == Mode::DoesNot);
        for printed in short.filter(|b| b.end() - b.start() <= NAME * 3) {
            let object = had.get(had.partition_point(|o| o.end() <= printed.start()));
            let object = object.filter(|o| o.meet(*printed).is_some_and(|both| !both.is_empty()));
            let (start, end) = within(*object.unwrap_or(printed), place.base);
            // What no practice holds is a name where it ends in that of an item.
            if object.is_none() && (denied || !is_item(place.text.get(start..end).unwrap_or(""))) {
                continue;
            }
            let before = reached.partition_point(|m| m.0 < end).checked_sub(1).and_then(|at| reached.get(at));
            if before.is_none_or(|m| m.1 <= start) {
                let kind = Kind::Sensitive { category: Category::Other, standards: ALL, context: Context::Collect };
                marks.push(Mark { clause, start, end, kind });
            }
        }
    }
    marks.sort_by_key(|m| (m.clause, m.start, m.end));
    marks.dedup();
}
