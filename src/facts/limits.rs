//! Numbers with a unit → how soon requests are answered, ages, how long information is kept, and what is excepted.

use super::{Evidenced, Facts, Policy, head, tail};
use crate::lexicon::{Group, group, setting, terms};
use crate::numbering;
use crate::text::is_blank;

/// How soon a request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResponseTime {
    /// Number of days.
    pub days: u32,
    /// Working days, not calendar days.
    pub working: bool,
}

/// How long information is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The clause's own words.
    pub text: String,
    /// ISO 8601, where one is stated.
    pub duration: Option<String>,
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    facts.response_time = response_time(policy);
    ages(policy, facts);
    retention(policy, facts);
    facts.consent_exceptions = exceptions(policy, false);
    facts.share_consent_exceptions = exceptions(policy, true);
}

/// Numbers in a text with the byte offsets at which they start and end.
fn numbers(text: &str) -> Vec<(u32, usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        if let Some((value, length)) = numbering::number(rest) {
            out.push((value, at, at + length));
            at += length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    out
}

/// The term of a group that `text` starts with, white space aside; its length with that white space.
fn unit(text: &str, group: Group) -> Option<usize> {
    let rest = text.trim_start_matches(|c| is_blank(c) || matches!(c, '\u{3011}' | ']'));
    let mut best = None;
    for term in terms(group) {
        if rest.starts_with(term) {
            best = best.max(Some(text.len() - rest.len() + term.len()));
        }
    }
    best
}

/// The period that most clauses on requests name; of equals, the first.
fn response_time(policy: &Policy<'_>) -> Option<Evidenced<ResponseTime>> {
    // At most 180 different ones, as days end at 90.
    let within = setting(group!("reply"), "within");
    let mut times: Vec<(ResponseTime, Vec<usize>)> = Vec::new();
    for clause in 0..policy.len() {
        let asked = policy.has(clause, group!("reply.request")) || policy.has(clause, group!("reply.answer"));
        if !asked || !policy.has(clause, group!("reply")) || policy.is_row(clause) {
            continue;
        }
        let text = policy.text(clause);
        let replies = policy.hits(clause, group!("reply"));
        for (days, _, end) in numbers(text) {
            let rest = text.get(end..).unwrap_or("");
            let found = unit(rest, group!("reply.working"))
                .map(|n| (n, true))
                .or_else(|| unit(rest, group!("reply.calendar")).map(|n| (n, false)));
            let Some((length, working)) = found.filter(|_| (1..=90).contains(&days)) else { continue };
            let after = rest.get(length..).unwrap_or("");
            let reach = end + length + head(after, 28).len();
            // "within": the character that follows the unit, or soon after it.
            if after.starts_with(|c| within.contains(c))
                && (replies.first().is_some_and(|h| h.end() <= end)
                    || replies.get(replies.partition_point(|h| h.start() < end)).is_some_and(|h| h.start() < reach))
            {
                let time = ResponseTime { days, working };
                match times.iter_mut().find(|(t, _)| *t == time) {
                    Some((_, clauses)) => clauses.push(clause),
                    None => times.push((time, vec![clause])),
                }
            }
        }
    }
    let (time, clauses) =
        times.into_iter().max_by_key(|(t, c)| (c.len(), std::cmp::Reverse(c.first().copied()), t.days))?;
    let mut clauses = clauses.into_iter();
    let first = Evidenced::new(time, clauses.next()?);
    Some(clauses.take(2).fold(first, Evidenced::and))
}

/// Ages below which one is a minor or a child; a definition counts before a mention.
fn ages(policy: &Policy<'_>, facts: &mut Facts) {
    let (below, minors) = (terms(group!("age.below")), terms(group!("age.minor")));
    let mut minor: Option<(u8, u32, usize)> = None;
    let mut child: Option<(u8, u32, usize)> = None;
    for clause in 0..policy.len() {
        let text = policy.text(clause);
        if !policy.has(clause, group!("age.unit")) {
            continue;
        }
        let numbers = numbers(text);
        let (of_minors, of_children) = (names(minors, text), names(terms(group!("age.child")), text));
        for (at, &(age, start, end)) in numbers.iter().enumerate() {
            let Some(length) =
                unit(text.get(end..).unwrap_or(""), group!("age.unit")).filter(|_| (10..=20).contains(&age))
            else {
                continue;
            };
            let before = text.get(..start).unwrap_or("");
            let after = text.get(end + length..).unwrap_or("");
            // "Over 14 but below 18": what stands right before the next number is said of that one.
            let next = numbers.get(at + 1).map_or(text.len(), |n| n.1);
            let reach = head(text.get(end + length..next).unwrap_or(""), 10);
            let under = names(below, reach) && !below.iter().any(|b| reach.ends_with(b));
            if !(under || names(below, tail(before, 4))) || names(terms(group!("age.above")), tail(before, 4)) {
                continue;
            }
            // "Minors (below 18)", "below 18 are regarded as minors".
            let behind = head(after, 40);
            let said = minors.iter().filter_map(|m| behind.find(m)).min().and_then(|m| behind.get(..m));
            let defines = names(minors, tail(before, 8)) || said.is_some_and(|s| names(terms(group!("age.define")), s));
            let rank = if defines { 3 } else { 1 + u8::from(age > 14) };
            // The higher age is the age of minors, unless a definition says otherwise; "minors below 14", the age of
            // children in law, where no other is told.
            let named = match age {
                18 => true,
                14 if !defines => said.is_some_and(|s| (1..=12).contains(&s.len())),
                _ => of_minors && (age > 14 || defines),
            };
            if named && minor.is_none_or(|(r, a, _)| rank > r || rank == r && age > a && !defines) {
                minor = Some((rank, age, clause));
            }
            let rank = u8::from(of_children);
            if age <= 14 && child.is_none_or(|(r, ..)| rank > r) {
                child = Some((rank, age, clause));
            }
        }
    }
    facts.minor_age = minor.map(|(_, age, clause)| Evidenced::new(age, clause));
    facts.child_age = child.map(|(_, age, clause)| Evidenced::new(age, clause));
}

/// Whether one of the terms stands in a text.
fn names(terms: &[&str], text: &str) -> bool {
    terms.iter().any(|term| text.contains(term))
}

/// Periods that are told.
const MOST_PERIODS: usize = 6;

/// Clauses on how long information is kept; those with a period first.
fn retention(policy: &Policy<'_>, facts: &mut Facts) {
    for clause in 0..policy.len() {
        if policy.is_row(clause) || !policy.has(clause, group!("retain")) || policy.has(clause, group!("retain.not")) {
            continue;
        }
        let text = policy.text(clause);
        let mut duration = None;
        for (value, _, end) in numbers(text) {
            let rest = text.get(end..).unwrap_or("");
            let units = [(group!("period.day"), 'D'), (group!("period.month"), 'M'), (group!("period.year"), 'Y')];
            let unit = units.iter().find(|(group, _)| unit(rest, *group).is_some());
            if let Some((_, letter)) = unit.filter(|_| duration.is_none() && (1..1000).contains(&value)) {
                duration = Some(format!("P{value}{letter}"));
            }
        }
        if duration.is_some()
            || policy.has(clause, group!("retain.vague"))
                && (policy.headed(clause, group!("store.verb")) || policy.headed(clause, group!("retain")))
        {
            // The first of each sort, those with a period before the others.
            let dated = facts.retention.iter().filter(|r| r.value.duration.is_some()).count();
            let at = if duration.is_some() { dated } else { facts.retention.len() };
            if at < MOST_PERIODS {
                facts.retention.insert(at, Evidenced::new(Period { text: text.into(), duration }, clause));
            }
        }
    }
    facts.retention.truncate(MOST_PERIODS);
}

/// How many cases the list has that is introduced with "no consent is needed".
fn exceptions(policy: &Policy<'_>, sharing: bool) -> Option<Evidenced<usize>> {
    (0..policy.len()).find_map(|clause| {
        let text = policy.text(clause);
        let leads = policy.has(clause, group!("exception.consent"))
            && (policy.has(clause, group!("exception")) || policy.headed(clause, group!("exception")))
            && text.ends_with([':', '\u{ff1a}', '\u{3002}']);
        let shares = policy.has(clause, group!("exception.share"))
            || policy.headed(clause, group!("exception.share")) && !policy.has(clause, group!("verb.collect"));
        if !leads || shares != sharing {
            return None;
        }
        let count = policy.items(clause).max(following(policy, clause));
        (count >= 2).then(|| Evidenced::new(count, clause))
    })
}

/// Items right behind a clause, where it is no lead-in with a colon.
fn following(policy: &Policy<'_>, clause: usize) -> usize {
    let mut expected = 1;
    let mut count = 0;
    for next in clause + 1..policy.len().min(clause + 60) {
        match numbering::parse(policy.text(next)) {
            Some(mark) if mark.value == expected => {
                expected += 1;
                count += 1;
            }
            None if policy.same_block(next, next - 1) => {}
            _ => break,
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_and_ideographs() {
        let text = "收到后十五个工作日内，或30日内";
        let found: Vec<u32> = numbers(text).iter().map(|n| n.0).collect();
        assert_eq!(found, [15, 30]);
    }
}
