//! A clause → who may what, by place: you, or the company; what is denied, owed or asked for.
//!
//! Subjects are read from left to right, as a reader does: the last one that is named is meant until another is.

use super::rights::NEAR;
use super::{Policy, head, tail, ways};
use crate::lexicon::{Hit, Reading, group, set};
use crate::practices::{Action, Actor, Practice};
use crate::text::{count, first, has, is_blank, is_comma, is_terminal, last, part};

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

/// The words of a clause on who may, by place.
fn tokens(policy: &Policy<'_>, clause: usize) -> Vec<(usize, usize, Token)> {
    let kinds = [
        (group!("grant.reader"), Token::You),
        (group!("grant.company"), Token::Company),
        (group!("grant.others"), Token::Other),
        (group!("grant.may"), Token::May),
        (group!("grant.offer"), Token::Offer),
        (group!("grant.provide"), Token::Provide),
        (group!("grant.cedes"), Token::Cedes),
    ];
    let mut tokens = Vec::new();
    for (group, token) in kinds {
        tokens.extend(policy.hits(clause, group).iter().map(|hit| (hit.start(), hit.end(), token)));
    }
    tokens.sort_unstable_by_key(|token| (token.0, std::cmp::Reverse(token.1)));
    tokens
}

/// "To you", "your …": no subject.
fn is_object(before: &str, behind: &str) -> bool {
    let governs = set!("grant.reader", "governs");
    let of = set!("product.after", "of");
    governs.contains(last(before)) && !before.is_empty() || of.starts_with(first(behind)) && !behind.is_empty()
}

/// Whether a text ends with what has somebody do something: "ask (us)".
fn is_asked(before: &str) -> bool {
    let near = Reading::only(tail(before, 2), [group!("practice.asks")]);
    near.of(group!("practice.asks")).iter().any(|hit| hit.end() == near.text.len())
}

/// Whether a practice knows the subject that ends at a place as the reader, who may do something.
fn acts(policy: &Policy<'_>, clause: usize, at: usize) -> bool {
    let ends = |p: &&Practice| p.subject.is_some_and(|subject| subject.end() == at);
    policy.practices(clause).iter().find(ends).is_some_and(|p| p.actor == Actor::You && p.action == Action::May)
}

/// Ends of a stretch.
pub(super) fn is_stop(c: char) -> bool {
    is_comma(c) || is_terminal(c)
}

fn is_parted(text: &str) -> bool {
    has(text, is_stop)
}

/// Where the stretch starts in which a place stands.
fn stretch(text: &str, at: usize) -> usize {
    part(text, 0, at).rfind(is_stop).map_or(0, |stop| stop + first(part(text, stop, at)).len_utf8())
}

/// What stands behind the last comma, adverbs aside.
fn last_stretch(before: &str) -> &str {
    let stretch = part(before, stretch(before, before.len()), before.len());
    let adverbs = set!("grant.may", "adverbs");
    stretch.trim_matches(|c| adverbs.contains(c) || is_blank(c))
}

/// Whether a subject reaches over the text between it and its verb: a few words, or stretches of which the last leaves the
/// subject out.
fn reaches(between: &str) -> bool {
    if is_parted(between) { last_stretch(between).is_empty() } else { count(between) <= SUBJECT }
}

/// Characters between a subject and what it may.
const SUBJECT: usize = 10;

impl Said {
    /// Reads a clause.
    pub fn of(policy: &Policy<'_>, clause: usize) -> Self {
        let text = policy.text(clause);
        let mut said = Self {
            marks: Vec::new(),
            denied: policy.hits(clause, group!("grant.not")).iter().map(Hit::start).collect(),
            asked: policy.hits(clause, group!("grant.please")).iter().map(Hit::end).collect(),
            rights: policy
                .hits(clause, group!("grant.right"))
                .iter()
                .map(|hit| (hit.start(), stretch(text, hit.start())))
                .collect(),
            readers: Vec::new(),
            owed: policy.hits(clause, group!("grant.duty")).iter().map(Hit::end).collect(),
            refuses: policy.has(clause, group!("grant.refuse")),
        };
        let mut subject: Option<(May, usize)> = None;
        // The first one that its stretch names: who is named behind it is in what that one does.
        let mut opener: Option<(May, usize)> = None;
        let base = policy.clauses.get(clause).map_or(0, |c| c.span.start());
        let mut may: Option<usize> = None;
        let mut others = 0;
        for (start, end, token) in tokens(policy, clause) {
            // "Other users" are no users like you.
            if start < others {
                continue;
            }
            if token == Token::Other {
                others = end;
            }
            if matches!(token, Token::You | Token::Company) {
                said.readers.push((start, token == Token::You));
            }
            let (before, behind) = (part(text, 0, start), part(text, end, text.len()));
            let last = subject;
            match token {
                // "As to who may …" is a question.
                Token::Other if Reading::only(head(behind, 2), [group!("grant.may")]).has(group!("grant.may")) => {
                    subject = Some((May::Company, end));
                }
                Token::You | Token::Company | Token::Other if is_object(before, behind) => {}
                // "You may have us delete it."
                Token::Company if is_asked(before) => {}
                Token::You => subject = Some((May::You, end)),
                // Who is asked or told is no subject: "you may ask us …".
                Token::Company | Token::Other
                    if said.marks.last().is_some_and(|mark| !is_parted(part(text, mark.0, start))) => {}
                Token::Company | Token::Other => subject = Some((May::Company, end)),
                // "You agree that Example has …": it is not you who has.
                Token::Cedes => {
                    let agrees = subject
                        .is_some_and(|(_, from)| from <= start && last_stretch(part(text, from, start)).is_empty());
                    // "Once you have agreed, you may …".
                    let past = Reading::only(head(behind, 2), [group!("way.when")]);
                    let past = past.of(group!("way.when")).iter().any(|hit| hit.start() == 0);
                    subject = subject.filter(|_| !agrees || past);
                }
                Token::Offer => said.marks.push((end, May::You)),
                Token::Provide => {
                    let stretch = part(behind, 0, behind.find(is_stop).unwrap_or(behind.len()));
                    if Reading::only(head(stretch, 60), [group!("grant.means")]).has(group!("grant.means")) {
                        said.marks.push((end, May::You));
                    }
                }
                Token::May => {
                    let who = subject.filter(|(_, from)| reaches(part(text, *from, start)));
                    let who = who.and_then(|who| if is_parted(part(text, who.1, start)) { opener } else { Some(who) });
                    // "(You) may at any time …": one word for it right behind another.
                    let omitted = last_stretch(before).is_empty() || may == Some(start);
                    may = Some(end);
                    let who = match (who, said.marks.last()) {
                        (Some(who), _) => who.0,
                        // "Example may …, and may …": the same one, whoever that is.
                        (None, Some(mark)) if omitted => mark.1,
                        (None, _) if omitted && policy.headed(clause, group!("right.heading")) => May::You,
                        // "Tap “Me”, … “Close”, and it is closed": whoever follows the path is the reader.
                        (None, None) if subject.is_none() && follows(before) && leads(text) => May::You,
                        // "If (you are) not content, (you) may …".
                        (None, None) if omitted && subject.is_none() && policy.has(clause, group!("grant.if")) => {
                            May::You
                        }
                        // "The cook may … his own information": whom a practice knows as the reader.
                        (None, _) if acts(policy, clause, base + start) => May::You,
                        (None, _) => May::Company,
                    };
                    said.marks.push((end, who));
                }
            }
            if subject != last {
                let parted = last.is_none_or(|(_, from)| is_parted(part(text, from, start)));
                opener = if parted || subject.is_none() { subject } else { opener };
            }
        }
        said
    }

    /// Whether you may do what stands at a place.
    pub fn may(&self, at: usize) -> bool {
        // "Your right to …": whoever was named last before.
        let next = self.rights.partition_point(|right| right.0 < at);
        let named =
            self.readers.partition_point(|reader| reader.0 < at).checked_sub(1).and_then(|last| self.readers.get(last));
        let marked = self.marks.partition_point(|mark| mark.0 <= at);
        let mark = marked.checked_sub(1).and_then(|last| self.marks.get(last));
        // "Example reserves the right to …": whoever is named between.
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

/// Bytes from "you have to" to its verb.
const OWED: usize = 30;

/// Whether a text ends with what says that something follows from it: "(and) so (it can …)".
fn follows(before: &str) -> bool {
    let thus = set!("grant.may", "thus");
    thus.contains(last(before)) && !before.is_empty()
}

/// Whether a text prints a path or an address.
fn leads(text: &str) -> bool {
    ways::ways(text).iter().any(|way| way.exact)
}

/// A word on who may.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    You,
    Company,
    /// Somebody else.
    Other,
    May,
    Offer,
    Provide,
    Cedes,
}
