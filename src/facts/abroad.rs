//! Practices with a place → where information is stored and whether it leaves the country.

use super::{Evidenced, Facts, Policy, head, tail};
use crate::lexicon::{Group, Hit, Reading, group, set, terms};
use crate::practices::{Action, Actor, Mode, Practice, Receiver};
use crate::text::{Span, count, has, is_blank, is_comma, is_terminal, last, pairs, part, trim, trim_end};

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

/// Words for places out of the country, then those in it.
const PLACES: [Group; 4] =
    [group!("place.outland"), group!("place.foreign"), group!("place.inland"), group!("company.place")];

/// Of these, the ones out of the country.
const ABROAD: usize = 2;

/// Places of a clause that are looked at.
const MOST: usize = 16;

/// Bytes of a place and what tells more of it, up to who stands there: "of a hotel in Japan's server".
const HELD: usize = 30;

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let mut found: Vec<(CrossBorder, usize)> = Vec::new();
    let mut denied: Option<(usize, bool)> = None;
    for clause in (0..policy.len()).filter(|clause| !policy.is_row(*clause)) {
        let place = stored(policy, clause);
        if let Some(place) = place {
            match &mut facts.storage_location {
                Some(known) if known.clauses().len() < 2 => known.add(clause),
                Some(_) => {}
                empty => *empty = Some(Evidenced::new(policy.slice(place).into(), clause)),
            }
        }
        if place.is_some_and(|place| !is_abroad(policy, clause, place)) && excepted(policy, clause) {
            found.push((CrossBorder::Exceptions, clause));
            continue;
        }
        let before = found.len();
        for (verdict, now) in verdicts(policy, clause) {
            found.push((verdict, clause));
            if matches!(verdict, CrossBorder::None | CrossBorder::Exceptions) && denied.is_none_or(|d| now && !d.1) {
                denied = Some((clause, now));
            }
        }
        if found.len() == before && found.last().is_some_and(|said| goes_on(policy, *said, clause)) {
            found.push((CrossBorder::WithConsent, clause));
        }
    }
    let best = ORDER.iter().find_map(|kind| found.iter().find(|(k, _)| k == kind));
    let denied = denied.filter(|_| best.is_some_and(|(kind, _)| *kind != CrossBorder::Yes));
    facts.cross_border = best.map(|(kind, clause)| {
        // "Not now" stays beside what may be later.
        let besides = denied.map(|denied| denied.0).filter(|denied| denied != clause);
        besides.into_iter().fold(Evidenced::new(*kind, *clause), Evidenced::and)
    });
    facts.abroad_for_now = denied.is_some_and(|denied| denied.1);
    facts.abroad_denied = denied.is_some();
}

/// Whether a clause right behind one on going abroad tells what is done should it be: consent is asked for.
fn goes_on(policy: &Policy<'_>, said: (CrossBorder, usize), clause: usize) -> bool {
    let moves = [group!("practice.verb.share"), group!("practice.verb.transfer"), group!("practice.verb.give")];
    let supposed = policy.has(clause, group!("practice.future")) || policy.has(clause, group!("practice.if"));
    let moved = supposed && moves.into_iter().any(|group| policy.has(clause, group));
    matches!(said.0, CrossBorder::None | CrossBorder::Yes)
        && said.1 + 1 == clause
        && policy.same_block(said.1, clause)
        && policy.has(clause, group!("abroad.consent"))
        && (policy.has(clause, group!("place.outland")) || said.0 == CrossBorder::None && moved)
}

/// The place where a clause says that information is stored, with those joined to it.
fn stored(policy: &Policy<'_>, clause: usize) -> Option<Span> {
    let said = |p: &&Practice| {
        p.action == Action::Store && p.actor != Actor::You && matches!(p.mode, Mode::Does | Mode::OnlyIf)
    };
    let own = policy.practices(clause).iter().filter(said).find_map(|p| p.place);
    let place = own.or_else(|| labelled(policy, clause)).or_else(|| hosted(policy, clause))?;
    joined(policy, clause, place)
}

/// "Place of storage: X".
fn labelled(policy: &Policy<'_>, clause: usize) -> Option<Span> {
    let text = policy.text(clause);
    let colon = text.find([':', '\u{ff1a}'])?;
    let label = trim_end(part(text, 0, colon), is_blank);
    let words = Reading::only(label, [group!("practice.verb.store"), group!("store.label")]);
    let noun = words.of(group!("store.label")).last().filter(|noun| noun.end() == label.len())?;
    words.of(group!("practice.verb.store")).iter().find(|verb| verb.end() == noun.start())?;
    let first = |group| {
        let hits = policy.hits(clause, group);
        hits.get(hits.partition_point(|hit| hit.start() < colon)).copied()
    };
    let place = PLACES.into_iter().filter_map(first).min_by_key(Hit::start)?;
    let base = policy.clauses.get(clause)?.span.start();
    trim(part(text, colon, place.start()))
        .trim_start_matches([':', '\u{ff1a}'])
        .is_empty()
        .then(|| Span::new(base + place.start(), base + place.end()))
}

/// "Our servers are in X".
fn hosted(policy: &Policy<'_>, clause: usize) -> Option<Span> {
    let base = policy.clauses.get(clause)?.span.start();
    let hosts = policy.hits(clause, group!("practice.host"));
    let ats = policy.hits(clause, group!("place.at"));
    let stands = |place: &&Hit| {
        let at = ats.partition_point(|at| at.end() < place.start());
        let at = ats.get(at).filter(|at| at.end() == place.start());
        at.is_some_and(|at| {
            let own = hosts.get(hosts.partition_point(|host| host.end() < at.start()));
            own.is_some_and(|host| host.end() == at.start())
        })
    };
    let place = PLACES.into_iter().find_map(|group| policy.hits(clause, group).iter().take(MOST).find(stands))?;
    Some(Span::new(base + place.start(), base + place.end()))
}

/// Where the enumeration of places ends that starts with one: "China, Hunan Province", "Dublin and Sydney".
fn joined(policy: &Policy<'_>, clause: usize, place: Span) -> Option<Span> {
    let base = policy.clauses.get(clause)?.span.start();
    let (text, mut end) = (policy.text(clause), place.end() - base);
    let hits = PLACES.into_iter().flat_map(|group| policy.hits(clause, group));
    let mut hits: Vec<&Hit> = hits.filter(|hit| hit.start() >= end).collect();
    hits.sort_unstable_by_key(|hit| hit.start());
    let suffix = |end: usize| {
        let rest = Reading::only(head(part(text, end, text.len()), 4), [group!("place.suffix")]);
        rest.of(group!("place.suffix")).first().filter(|hit| hit.start() == 0).map_or(0, Hit::end)
    };
    end += suffix(end);
    for hit in hits.into_iter().take(MOST) {
        let between = text.get(end..hit.start()).map(trim);
        if between.is_none_or(|between| !between.is_empty() && !terms(group!("company.join")).contains(&between)) {
            break;
        }
        end = hit.end() + suffix(hit.end());
    }
    Some(Span::new(place.start(), base + end))
}

/// Whether a place is out of the country.
fn is_abroad(policy: &Policy<'_>, clause: usize, place: Span) -> bool {
    let Some(base) = policy.clauses.get(clause).map(|clause| clause.span.start()) else { return false };
    PLACES
        .into_iter()
        .take(ABROAD)
        .any(|group| policy.hits(clause, group).iter().any(|hit| base + hit.start() == place.start()))
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

/// What a clause says of moving information abroad, by its practices, and whether of now alone.
fn verdicts(policy: &Policy<'_>, clause: usize) -> Vec<(CrossBorder, bool)> {
    // The world over in a licence.
    if policy.has(clause, group!("card.licence")) {
        return Vec::new();
    }
    let practices = policy.practices(clause);
    let told = |p: &&Practice| p.actor != Actor::You && !matches!(p.mode, Mode::Quoted | Mode::Defined);
    let leaves = |p: &&Practice| {
        let there = |place| is_abroad(policy, clause, place);
        p.action == Action::SendAbroad || p.place.is_some_and(there) || goes(policy, clause, p)
    };
    let informs = |p: &&Practice| {
        matches!(p.action, Action::SendAbroad | Action::Store)
            || p.mode == Mode::DoesNot
            || policy.has(clause, group!("abroad.consent"))
            || !p.objects.is_empty()
            || policy.has(clause, group!("card.data"))
    };
    let own = practices.iter().filter(told).filter(leaves).filter(informs);
    // "For now" is said of whatever the sentence denies.
    let now = |p: &Practice| p.now || p.mode == Mode::DoesNot && policy.has(clause, group!("practice.now"));
    let mut out: Vec<(CrossBorder, bool)> = own.map(|p| (verdict(policy, clause, p.mode), now(p))).collect();
    // "… agrees to this transfer abroad": a noun.
    let agreed = |going: &Hit| {
        let consents = policy.hits(clause, group!("abroad.consent"));
        let before = consents.partition_point(|consent| consent.end() <= going.start()).checked_sub(1);
        before.and_then(|at| consents.get(at)).is_some_and(|consent| consent.end() + AGREED >= going.start())
    };
    if out.is_empty() && policy.hits(clause, group!("practice.verb.abroad")).iter().any(agreed) {
        out.push((CrossBorder::WithConsent, false));
    }
    // Whoever gets or sees it stands there.
    if out.is_empty() && stands(policy, clause) {
        let gets = |p: &&Practice| {
            use Action::{Collect, Entrust, Share, Store, Transfer, Use};
            matches!(p.action, Share | Entrust | Transfer | Collect | Use | Store)
        };
        let mut gets = practices.iter().filter(told).filter(gets).filter(informs);
        let first = gets.next();
        let given = first.into_iter().chain(gets).find(|p| p.mode != Mode::DoesNot).or(first);
        // "The engineers of our parent company there can look them up": a verb without its grammar.
        let sees = policy.has(clause, group!("practice.verb.collect")) && policy.has(clause, group!("card.data"));
        let seen = given.is_none() && sees && !policy.has(clause, group!("practice.not"));
        out.extend(given.map(|p| (verdict(policy, clause, p.mode), now(p))));
        out.extend(seen.then(|| (verdict(policy, clause, Mode::Does), false)));
        // "Before we pass it on to the owner there, we ask for your consent": whatever the verb.
        let asked = out.is_empty() && policy.has(clause, group!("abroad.consent"));
        out.extend(asked.then_some((CrossBorder::WithConsent, false)));
    }
    out
}

/// Whether a practice gives to a place out of the country ('is sent abroad'), or is done there ('we process it abroad').
fn goes(policy: &Policy<'_>, clause: usize, practice: &Practice) -> bool {
    let base = policy.clauses.get(clause).map_or(0, |clause| clause.span.start());
    let done = practice.actor == Actor::We && practice.action == Action::Use;
    let places = PLACES.into_iter().take(ABROAD).flat_map(|group| policy.hits(clause, group).iter().take(MOST));
    { places }.any(|place| {
        let (from, to) = (base + place.start(), base + place.end());
        let before = part(policy.text(clause), 0, place.start());
        let at = || !before.is_empty() && set!("place.at", "to").contains(last(before));
        let gets = |r: &Receiver| r.span.start() <= from && to <= r.span.end();
        practice.recipients.iter().any(|r| r.span == Span::new(from, to) || gets(r) && is_placed(before))
            || done && practice.verb.start() == to && at()
    })
}

/// Bytes between a consent and what it is given to.
const AGREED: usize = 18;

fn verdict(policy: &Policy<'_>, clause: usize, mode: Mode) -> CrossBorder {
    match mode {
        _ if excepted(policy, clause) => CrossBorder::Exceptions,
        Mode::DoesNot => CrossBorder::None,
        _ if policy.has(clause, group!("abroad.consent")) => CrossBorder::WithConsent,
        Mode::OnlyIf if policy.has(clause, group!("practice.consent")) => CrossBorder::WithConsent,
        _ => CrossBorder::Yes,
    }
}

/// Whether a clause says that somebody who holds information stands out of the country, or that something goes there.
fn stands(policy: &Policy<'_>, clause: usize) -> bool {
    let text = policy.text(clause);
    let places = PLACES.into_iter().take(ABROAD).flat_map(|group| policy.hits(clause, group).iter().take(MOST));
    { places }.any(|place| {
        let (before, behind) = (part(text, 0, place.start()), part(text, place.end(), text.len()));
        let left = Reading::only(head(behind, 6), [group!("place.not")]).has(group!("place.not"));
        let readers = Reading::only(tail(before, 8), [group!("abroad.readers")]).has(group!("abroad.readers"));
        // "If the house is abroad, we send …".
        let at = behind.starts_with(is_comma) && !before.is_empty() && set!("place.at", "to").contains(last(before));
        let own = Reading::only(part(text, place.start(), place.end()), [group!("place.holder")]);
        let held = own.has(group!("place.holder")) || is_held(behind);
        !left && !readers && (at || held || is_placed(before) || is_remark(before, behind))
    })
}

/// Whether a text ends with what says that somebody stands somewhere.
fn is_placed(before: &str) -> bool {
    let at = Reading::only(tail(before, 4), [group!("place.at")]);
    at.of(group!("place.at")).iter().any(|hit| hit.end() == at.text.len())
}

/// Whether a place stands in brackets with or behind a company's name: "Example Ltd. (Korea)".
fn is_remark(before: &str, behind: &str) -> bool {
    let Some(open) = before.rfind(['(', '\u{ff08}']).filter(|_| behind.contains([')', '\u{ff09}'])) else {
        return false;
    };
    let (outside, inside) = (tail(trim_end(part(before, 0, open), is_blank), 24), part(before, open, before.len()));
    let forms = Reading::only(outside, [group!("company.form")]);
    let formed = forms.of(group!("company.form")).iter().any(|form| form.end() == outside.len());
    !inside.contains([')', '\u{ff09}'])
        && (formed || Reading::only(tail(inside, REMARK), [group!("company.form")]).has(group!("company.form")))
}

/// Characters of a remark on a company in which its place may stand.
const REMARK: usize = 80;

/// Whether what stands behind a place is somebody or something in it: "('s, of …) servers", brackets and further places aside.
fn is_held(behind: &str) -> bool {
    let near = head(behind, HELD);
    let near = part(near, 0, near.find(|c| is_comma(c) || is_terminal(c)).unwrap_or(near.len()));
    let words = Reading::only(near, [group!("place.holder"), group!("place.foreign"), group!("company.form")]);
    let Some(holder) = words.of(group!("place.holder")).first() else { return false };
    // "Japan's Example Ltd." may be anywhere; the name of a place in a company's name says nothing. "The parent company in
    // Japan, Example Ltd." is there.
    if words.of(group!("company.form")).first().is_some_and(|form| form.start() <= holder.start()) {
        return false;
    }
    let between = part(near, 0, holder.start());
    // "(without Macao) on servers": the bracket in which the place stands is closed.
    if pairs(between).is_empty() && has(between, |c| matches!(c, ')' | '\u{ff09}')) {
        return false;
    }
    let of = set!("product.after", "of");
    trim(between).is_empty()
        || between.contains(of)
        || !words.within(group!("place.foreign"), 0, holder.start()).is_empty()
}
