//! Clauses on places → where information is stored and whether it leaves the country.

use super::{Evidenced, Facts, Policy, head, tail};
use crate::lexicon::{Group, Hit, Reading, group, set, terms};
use crate::text::{count, has, is_comma, is_terminal, last, part, trim};

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

/// Bytes of a place and what tells more of it, up to who stands there: "of a hotel in Japan's server".
const HELD: usize = 30;

/// A place where information is stored.
#[derive(Clone, Copy)]
struct Stored {
    start: usize,
    end: usize,
    inland: bool,
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let mut found: Vec<(CrossBorder, usize)> = Vec::new();
    let mut now = None;
    for clause in (0..policy.len()).filter(|clause| !policy.is_row(*clause)) {
        let place = stored(policy, clause);
        if let Some(place) = place {
            match &mut facts.storage_location {
                Some(known) if known.clauses().len() < 2 => known.add(clause),
                Some(_) => {}
                empty => {
                    *empty = Some(Evidenced::new(part(policy.text(clause), place.start, place.end).into(), clause));
                }
            }
        }
        if place.is_some_and(|place| place.inland) && excepted(policy, clause) {
            found.push((CrossBorder::Exceptions, clause));
        } else if let Some(verdict) = moves(policy, clause, place.is_some_and(|place| !place.inland)) {
            found.push((verdict, clause));
            let promises = matches!(verdict, CrossBorder::None | CrossBorder::Exceptions);
            if promises && policy.has(clause, group!("abroad.now")) && now.is_none() {
                now = Some(clause);
            }
        } else if found.last().is_some_and(|said| goes_on(policy, *said, clause)) {
            found.push((CrossBorder::WithConsent, clause));
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

/// Whether a clause right behind one that says "not abroad" tells what is done should it be: consent is asked for.
fn goes_on(policy: &Policy<'_>, said: (CrossBorder, usize), clause: usize) -> bool {
    said.0 == CrossBorder::None
        && said.1 + 1 == clause
        && policy.same_block(said.1, clause)
        && policy.has(clause, group!("abroad.move"))
        && policy.has(clause, group!("abroad.consent"))
        && (policy.has(clause, group!("practice.future")) || policy.has(clause, group!("practice.if")))
}

/// The place where a clause says that information is stored, with those joined to it; not where it was collected.
fn stored(policy: &Policy<'_>, clause: usize) -> Option<Stored> {
    let text = policy.text(clause);
    let verbs = policy.hits(clause, group!("store.verb"));
    let mut best: Option<Stored> = None;
    for group in [group!("store.inland"), group!("store.outland"), group!("abroad.place")] {
        let places = policy.hits(clause, group);
        for (at, place) in places.iter().take(MOST).enumerate() {
            let longer = best.is_none_or(|known| {
                place.start() < known.start && place.end() - place.start() >= known.end - known.start
            });
            if longer && keeps_at(policy, clause, verbs, place) {
                let end = joined(text, places.get(at..).unwrap_or_default());
                best = Some(Stored { start: place.start(), end, inland: group == group!("store.inland") });
            }
        }
    }
    best
}

/// Whether a verb of keeping stands close to a place, on either side.
fn keeps_at(policy: &Policy<'_>, clause: usize, verbs: &[Hit], place: &Hit) -> bool {
    let text = policy.text(clause);
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
    (before || after) && !collected && !denied
}

/// Where the last of the places ends that stand in one enumeration with the first.
fn joined(text: &str, places: &[Hit]) -> usize {
    let pairs = places.iter().zip(places.iter().skip(1));
    let pairs =
        pairs.take_while(|(a, b)| terms(group!("company.join")).contains(&trim(part(text, a.end(), b.start()))));
    pairs.last().map_or_else(|| places.first().map_or(0, Hit::end), |(_, last)| last.end())
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

/// What a clause says of moving information abroad, if it says anything. What is kept there is there.
fn moves(policy: &Policy<'_>, clause: usize, kept: bool) -> Option<CrossBorder> {
    // The world over in a licence.
    if policy.has(clause, group!("card.licence")) {
        return None;
    }
    let text = policy.text(clause);
    let moving = policy.has(clause, group!("abroad.move"));
    let hits = policy.hits(clause, group!("abroad"));
    let place = hits.iter().take(MOST).find(|place| {
        let behind = Reading::only(head(part(text, place.end(), text.len()), 6), [group!("abroad.not")]);
        // A number from abroad, or where the reader is, moves nothing.
        let theirs = behind.of(group!("abroad.not")).first().is_some_and(|hit| hit.start() <= 6);
        moving && !theirs && !is_readers(part(text, 0, place.start()))
    });
    let named = place.is_none() && moving && informs(policy, clause) && stands(policy, clause);
    if place.is_none() && !named && !kept {
        return None;
    }
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
    let goes = |place: &Hit| {
        let plain = policy.hits(clause, group!("store.outland")).iter().any(|hit| hit.start() == place.start());
        let (before, behind) = (part(text, 0, place.start()), part(text, place.end(), text.len()));
        let held = is_held(behind);
        let moved = Reading::only(head(behind, 4), [group!("abroad.move")]).has(group!("abroad.move"));
        // "Books from abroad" move no information, whatever else will be done.
        held && informs(policy, clause)
            || text.contains(|c| will.contains(c)) && (!plain || held || moved || is_toward(before))
    };
    (named || kept || place.is_some_and(goes)).then_some(CrossBorder::Yes)
}

/// Whether a text ends with what says that somebody stands somewhere.
fn is_placed(before: &str) -> bool {
    let at = Reading::only(tail(before, 4), [group!("abroad.at")]);
    at.of(group!("abroad.at")).iter().any(|hit| hit.end() == at.text.len())
}

/// The same, or that something goes somewhere.
fn is_toward(before: &str) -> bool {
    is_placed(before) || set!("abroad.at", "to").contains(last(before)) && !before.is_empty()
}

/// Whether a text that a place follows says that the reader is or comes from there.
fn is_readers(before: &str) -> bool {
    Reading::only(tail(before, 8), [group!("abroad.from")]).has(group!("abroad.from"))
}

/// Whether a clause is about information.
fn informs(policy: &Policy<'_>, clause: usize) -> bool {
    policy.has(clause, group!("card.data"))
        || policy.practices(clause).iter().any(|practice| !practice.objects.is_empty())
}

/// Whether a clause says that somebody stands in a named country, or that something goes there.
fn stands(policy: &Policy<'_>, clause: usize) -> bool {
    let text = policy.text(clause);
    policy.hits(clause, group!("abroad.place")).iter().take(MOST).any(|place| {
        let (before, behind) = (part(text, 0, place.start()), part(text, place.end(), text.len()));
        let left = Reading::only(head(behind, 6), [group!("abroad.not")]).has(group!("abroad.not"));
        !left && !is_readers(before) && (is_held(behind) || is_placed(before) || is_remark(before, behind))
    })
}

/// Whether a place alone stands in brackets behind a company's name: "Example Ltd. (Korea)".
fn is_remark(before: &str, behind: &str) -> bool {
    let Some(name) = before.strip_suffix(['(', '\u{ff08}']).map(|name| tail(name, 24)) else { return false };
    let name = crate::text::trim_end(name, crate::text::is_blank);
    let forms = Reading::only(name, [group!("company.form")]);
    behind.starts_with([')', '\u{ff09}'])
        && forms.of(group!("company.form")).iter().any(|form| form.end() == name.len())
}

/// Whether what stands behind a place is somebody or something in it: "('s, of …) servers", brackets and further places aside.
fn is_held(behind: &str) -> bool {
    let near = head(behind, HELD);
    let near = part(near, 0, near.find(is_part).unwrap_or(near.len()));
    let words = Reading::only(near, [group!("abroad.holder"), group!("abroad.place"), group!("company.form")]);
    let Some(holder) = words.of(group!("abroad.holder")).first() else { return false };
    // "Japan's Example Ltd." may be anywhere; the name of a place in a company's name says nothing. "The parent company in
    // Japan, Example Ltd." is there.
    if words.of(group!("company.form")).first().is_some_and(|form| form.start() <= holder.start()) {
        return false;
    }
    let between = part(near, 0, holder.start());
    let of = set!("product.after", "of");
    trim(between).is_empty()
        || between.contains(of)
        || !words.within(group!("abroad.place"), 0, holder.start()).is_empty()
}
