//! A clause → who may what, by place: you, or the company, as its practices tell; what is denied, owed or asked for.

use super::rights::NEAR;
use super::{Policy, head, ways};
use crate::lexicon::{Hit, Reading, group, set};
use crate::practices::{Actor, Practice};
use crate::text::{count, first, is_comma, is_terminal, part};

/// Who may, at a place of a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum May {
    You,
    Company,
}

/// What a clause says of who may.
pub(super) struct Said {
    /// By place.
    pub marks: Vec<(usize, May)>,
    /// Places of what denies.
    denied: Vec<usize>,
    /// Requests are not answered.
    pub refuses: bool,
    /// Ends of "if you want …".
    asked: Vec<usize>,
    /// Places of "the right to", each with the start of its stretch.
    rights: Vec<(usize, usize)>,
    /// Where somebody is named, and whether it is you.
    readers: Vec<(usize, bool)>,
    /// Ends of "you have to …".
    owed: Vec<usize>,
}

/// Bytes at the start of a clause that are the topic of what follows.
const TOPIC: usize = 60;

/// Ends of a stretch.
pub(super) fn is_stop(c: char) -> bool {
    is_comma(c) || is_terminal(c)
}

/// Where the stretch starts in which a place stands.
fn stretch(text: &str, at: usize) -> usize {
    part(text, 0, at).rfind(is_stop).map_or(0, |stop| stop + first(part(text, stop, at)).len_utf8())
}

impl Said {
    /// Reads a clause.
    pub fn of(policy: &Policy<'_>, clause: usize) -> Self {
        let text = policy.text(clause);
        let named = |group, you| policy.hits(clause, group).iter().map(move |hit| (hit.start(), you));
        let mut readers: Vec<(usize, bool)> =
            named(group!("grant.reader"), true).chain(named(group!("grant.company"), false)).collect();
        readers.sort_unstable();
        let ends = |group| policy.hits(clause, group).iter().map(Hit::end);
        let offers = ends(group!("grant.offer")).chain(provides(policy, clause)).map(|at| (at, Some(Actor::You)));
        // "We keep it, so that you can look at it later": what a product does is no right.
        let collects = policy.practices(clause).iter().any(Practice::collects);
        let own = policy.practices.mays(clause).filter(|may| !(may.aimed && collects));
        let mut mays: Vec<(usize, Option<Actor>)> = own.map(|may| (may.at, may.actor)).chain(offers).collect();
        mays.sort_unstable_by_key(|may| may.0);
        let mut marks: Vec<(usize, May)> = Vec::new();
        for (at, actor) in mays {
            // Nobody is named: "if not content, (you) may …", "tap “Me”, … “Close”, and it can be closed".
            let reader = || {
                policy.headed(clause, group!("right.heading"))
                    || policy.has(clause, group!("grant.if"))
                    || ways::ways(text).iter().any(|way| way.exact)
            };
            let who = match actor {
                Some(Actor::You) => May::You,
                // "The patient's rights: the patient may …", "the guest may, in “Me” – …".
                Some(Actor::Third) if entitled(policy, clause) => May::You,
                Some(_) => May::Company,
                None => marks.last().map_or(if reader() { May::You } else { May::Company }, |mark| mark.1),
            };
            marks.push((at, who));
        }
        Self {
            marks,
            denied: policy.hits(clause, group!("grant.not")).iter().map(Hit::start).collect(),
            asked: ends(group!("grant.please")).collect(),
            rights: policy
                .hits(clause, group!("grant.right"))
                .iter()
                .map(|hit| (hit.start(), stretch(text, hit.start())))
                // "Example reserves the right to …".
                .filter(|right| !policy.hits(clause, group!("card.reserve")).iter().any(|r| r.start() >= right.1))
                .collect(),
            readers,
            owed: ends(group!("grant.duty")).collect(),
            refuses: policy.has(clause, group!("grant.refuse")),
        }
    }

    /// Whether you may do what stands at a place.
    pub fn may(&self, at: usize) -> bool {
        // "Your right to …": whoever was named last before.
        let next = self.rights.partition_point(|right| right.0 < at);
        let named =
            self.readers.partition_point(|reader| reader.0 < at).checked_sub(1).and_then(|last| self.readers.get(last));
        let marked = self.marks.partition_point(|mark| mark.0 <= at);
        let mark = marked.checked_sub(1).and_then(|last| self.marks.get(last));
        let reserved = mark.is_some_and(|mark| mark.1 == May::Company);
        if self.rights.get(next).is_some_and(|right| right.0 - at <= NEAR && right.1 <= at)
            && named.is_some_and(|named| named.1)
            && !self.refuses
            && !reserved
        {
            return true;
        }
        let Some((from, who)) = mark.or_else(|| self.marks.first().filter(|_| at <= TOPIC)) else { return false };
        // What opens the clause is the topic of what follows.
        let topic = mark.is_none();
        let denied = !topic && self.denied.iter().any(|denied| denied >= from && *denied < at);
        *who == May::You && !denied && !(self.refuses && topic)
    }

    /// Whether the reader is told what to do who wants what stands at a place.
    pub fn asks(&self, at: usize) -> bool {
        self.asked.iter().any(|asked| *asked <= at && at - asked <= NEAR)
    }

    /// Whether the reader has to do what stands at a place.
    pub fn owes(&self, at: usize) -> bool {
        let before = self.owed.get(..self.owed.partition_point(|owed| *owed <= at)).and_then(<[usize]>::last);
        let may = self.marks.iter().rev().find(|mark| mark.0 <= at).map_or(0, |mark| mark.0);
        before.is_some_and(|owed| at - owed <= OWED && may < *owed)
    }

    /// Whether you may anything.
    pub fn offers(&self) -> bool {
        self.marks.iter().any(|mark| mark.1 == May::You)
    }
}

/// Whether a clause opens with somebody whose rights its section is about, or tells where in the product something is done.
fn entitled(policy: &Policy<'_>, clause: usize) -> bool {
    let text = ways::bare(policy.text(clause));
    let title = policy.clauses.get(clause).map(|c| policy.tokens.title(c.section()));
    let owner = title.as_ref().and_then(|title| {
        let of = title.of(group!("right.heading")).iter().rfind(|of| of.end() == title.text.len())?;
        Some(part(title.text, 0, of.start()).trim_end_matches(set!("grant.right", "of")))
    });
    let rights = owner.is_some_and(|owner| count(owner) > 1 && text.starts_with(owner));
    let led = || ways::ways(text).iter().any(|way| way.exact && ways::is_path(part(text, way.start, way.end)));
    !policy.has(clause, group!("grant.company")) && (rights || led())
}

/// Bytes from "you have to" to its verb.
const OWED: usize = 30;

/// Where we say that we provide the reader with a means: behind the word for it.
fn provides<'p>(policy: &'p Policy<'_>, clause: usize) -> impl Iterator<Item = usize> + 'p {
    let text = policy.text(clause);
    policy.hits(clause, group!("grant.provide")).iter().map(Hit::end).filter(move |end| {
        let behind = part(text, *end, text.len());
        let stretch = part(behind, 0, behind.find(is_stop).unwrap_or(behind.len()));
        let groups = [group!("grant.means"), group!("grant.owned"), group!("grant.product")];
        let words = Reading::only(head(stretch, MEANS), groups);
        // "… a means to look up the weather" is what the product is for.
        words.has(group!("grant.means")) && (words.has(group!("grant.owned")) || !words.has(group!("grant.product")))
    })
}

/// Characters from "we provide you with" to the means.
const MEANS: usize = 60;
