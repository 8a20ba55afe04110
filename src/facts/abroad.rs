//! Clauses on places → where information is stored and whether it leaves the country.

use super::{Evidenced, Facts, Policy, head, tail, words};
use crate::lexicon::{Group, Hit, Reading, group, set};
use crate::text::{count, has, is_comma, is_terminal, part};

/// Whether information leaves the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrossBorder {
    /// It does not.
    None,
    /// Only with the person's consent.
    WithConsent,
    /// It does not, with named exceptions.
    Exceptions,
    /// It does.
    Yes,
}

impl CrossBorder {
    /// The contract's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::WithConsent => "with-consent",
            Self::Exceptions => "exceptions",
            Self::Yes => "yes",
        }
    }
}

/// What outdoes what: exceptions and consent limit a promise of never, and all three are more than a mere mention.
const ORDER: [CrossBorder; 4] =
    [CrossBorder::Exceptions, CrossBorder::WithConsent, CrossBorder::None, CrossBorder::Yes];

/// Characters between "stored" and a place, on either side.
const NEAR: usize = 10;

/// Places of a clause that are looked at.
const MOST: usize = 16;

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let mut found: Vec<(CrossBorder, usize)> = Vec::new();
    let mut now = None;
    for clause in (0..policy.len()).filter(|clause| !policy.is_row(*clause)) {
        let place = stored(policy, clause);
        if let Some(place) = place {
            match &mut facts.storage_location {
                Some(known) if known.clauses().len() < 2 => known.add(clause),
                Some(_) => {}
                empty => *empty = Some(Evidenced::new(words(policy.text(clause), &place).into(), clause)),
            }
        }
        let inland = place.is_some_and(|place| place.group == group!("store.inland"));
        if inland && excepted(policy, clause) {
            found.push((CrossBorder::Exceptions, clause));
        } else if let Some(verdict) = moves(policy, clause) {
            found.push((verdict, clause));
            let promises = matches!(verdict, CrossBorder::None | CrossBorder::Exceptions);
            if promises && policy.has(clause, group!("abroad.now")) && now.is_none() {
                now = Some(clause);
            }
        }
    }
    let best = ORDER.iter().find_map(|kind| found.iter().find(|(k, _)| k == kind));
    facts.cross_border = best.map(|(kind, clause)| {
        let value = Evidenced::new(*kind, *clause);
        // "Not now" stays beside what may be later.
        now.filter(|now| now != clause && *kind != CrossBorder::Yes).into_iter().fold(value, Evidenced::and)
    });
    facts.abroad_for_now = now.is_some() && best.is_some_and(|(kind, _)| *kind != CrossBorder::Yes);
}

/// The place where a clause says that information is stored; not the one where it was collected.
fn stored(policy: &Policy<'_>, clause: usize) -> Option<Hit> {
    let text = policy.text(clause);
    let verbs = policy.hits(clause, group!("store.verb"));
    let mut best: Option<Hit> = None;
    for group in [group!("store.inland"), group!("store.outland")] {
        for place in policy.hits(clause, group).iter().take(MOST) {
            let next = verbs.partition_point(|verb| verb.start() < place.start());
            let close = |between: &str| {
                count(between) <= NEAR
                    && !has(between, is_part)
                    && !Reading::only(between, [group!("store.not")]).has(group!("store.not"))
            };
            let before = next.checked_sub(1).and_then(|at| verbs.get(at));
            let before = before.is_some_and(|verb| close(part(text, verb.end(), place.start())));
            let after = verbs.get(next).is_some_and(|verb| close(part(text, place.end(), verb.start())));
            let behind = Reading::only(head(part(text, place.end(), text.len()), 4), [group!("store.not")]);
            let collected = behind.of(group!("store.not")).first().is_some_and(|hit| hit.start() <= 3);
            let never = policy.hits(clause, group!("abroad.never"));
            let denied = never.get(..never.partition_point(|deny| deny.end() <= place.start())).and_then(<[Hit]>::last);
            let denied = denied.is_some_and(|deny| count(part(text, deny.end(), place.start())) <= NEAR);
            let longer = best.is_none_or(|known| {
                place.start() < known.start() && place.end() - place.start() >= known.end() - known.start()
            });
            if (before || after) && !collected && !denied && longer {
                best = Some(*place);
            }
        }
    }
    best
}

/// What parts a place from what is done there.
fn is_part(c: char) -> bool {
    is_comma(c) || is_terminal(c)
}

/// "… except in these cases", in the clause or in a short one behind it.
fn excepted(policy: &Policy<'_>, clause: usize) -> bool {
    let next = clause + 1;
    policy.has(clause, group!("abroad.except"))
        || next < policy.len()
            && policy.same_block(clause, next)
            && policy.has(next, group!("abroad.except"))
            && count(policy.text(next)) < 20
}

/// What a clause says of moving information abroad, if it says anything.
fn moves(policy: &Policy<'_>, clause: usize) -> Option<CrossBorder> {
    // The world over in a licence.
    if policy.has(clause, group!("card.licence")) {
        return None;
    }
    let text = policy.text(clause);
    let moving = policy.hits(clause, group!("abroad.move"));
    let place = policy.hits(clause, group!("abroad")).iter().find(|place| {
        let behind = Reading::only(head(part(text, place.end(), text.len()), 6), [group!("abroad.not")]);
        // A number from abroad, or where the reader is, moves nothing.
        let theirs = behind.of(group!("abroad.not")).first().is_some_and(|hit| hit.start() <= 6);
        let before = tail(part(text, 0, place.start()), 8);
        let from = Reading::only(before, [group!("abroad.from")]).has(group!("abroad.from"));
        !theirs && !from && !moving.is_empty()
    })?;
    let said = |group: Group| policy.has(clause, group);
    if excepted(policy, clause) {
        return Some(CrossBorder::Exceptions);
    }
    if said(group!("abroad.consent")) {
        return Some(CrossBorder::WithConsent);
    }
    if said(group!("abroad.never")) {
        return Some(CrossBorder::None);
    }
    let will = set!("abroad", "will");
    (text.contains(|c| will.contains(c)) || place.group == group!("store.outland")).then_some(CrossBorder::Yes)
}
