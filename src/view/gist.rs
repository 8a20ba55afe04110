//! Clauses and what is known of them → up to three key points for each section.

use super::{ClauseView, GistView, MarkView, SectionView};
use crate::Analysis;
use crate::clauses::Clause;
use crate::lexicon::script::Simplified;
use crate::plain::{alone, plain};
use crate::steps::beat;

/// Key points of a section.
const MOST: usize = 3;

/// Characters of a clause from which on even its shortened words are no short point.
const LONGEST: usize = 140;

/// Characters of an item that may say something without its lead-in.
const LEAST: usize = 30;

/// Fills in each section's key points: the clauses of its own that weigh most, in reading order. One pass.
pub(super) async fn fill(sections: &mut [SectionView], analysis: &Analysis, views: &[ClauseView]) {
    let clauses = &analysis.clauses;
    // Text of a section may go on behind those in it.
    let mut order: Vec<usize> = (0..clauses.len()).collect();
    order.sort_by_key(|at| clauses.get(*at).map(Clause::section));
    let mut rest = order.as_slice();
    while let Some(first) = rest.first().and_then(|at| clauses.get(*at)) {
        let same = |at: &&usize| clauses.get(**at).is_some_and(|c| c.section() == first.section());
        let (own, tail) = rest.split_at(rest.iter().take_while(same).count());
        rest = tail;
        let weights: Vec<i32> = own.iter().map(|at| weight(analysis, views, *at)).collect();
        // The least weight that is still among the first three.
        let mut best = [0; MOST];
        for weight in &weights {
            let mut weight = *weight;
            for place in &mut best {
                if weight > *place {
                    std::mem::swap(place, &mut weight);
                }
            }
        }
        beat(first.section()).await;
        if let Some(section) = sections.get_mut(first.section()) {
            for (at, weight) in own.iter().zip(weights) {
                // Each of the three places is given once.
                if weight > 0
                    && let Some(place) = best.iter_mut().find(|place| **place == weight)
                    && let Some(view) = views.get(*at)
                {
                    *place = 0;
                    let text = match &analysis.simplified {
                        Some(simplified) => simplified.original(&plain(&Simplified::read(&view.text))),
                        None => plain(&view.text),
                    };
                    section.gist.push(GistView { text, evidence: vec![view.id.clone()] });
                }
            }
        }
    }
}

/// How much a clause says to who reads nothing else; 0 for what cannot stand alone. What the labels say (where the program
/// is built with them), then what is sensitive, worth attention, or bold by its author's hand.
fn weight(analysis: &Analysis, views: &[ClauseView], at: usize) -> i32 {
    let Some(view) = views.get(at) else { return 0 };
    // Items that go on in others, table rows and lead-ins are no sentences; short items lean on their lead-in.
    let leans = analysis.clauses.get(at).is_some_and(|clause| clause.lead().is_some());
    let least = if leans { LEAST } else { 0 };
    let whole = view.row.is_none()
        && view.text.ends_with(['.', '\u{3002}'])
        && (least..=LONGEST).contains(&view.text.chars().count())
        && alone(&view.text, leans);
    if !whole {
        return 0;
    }
    let score = analysis.labels.get(at).map_or(0.0, |label| label.score);
    let told = |m: &MarkView| !matches!(m.context, Some("define" | "protect"));
    (score * 10.0) as i32 + 30 * i32::from(view.marks.iter().any(told)) + 15 * i32::from(!view.bold.is_empty())
}
