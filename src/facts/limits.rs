//! Numbers with a unit → how soon requests are answered, ages, and what is excepted.

use super::{Evidenced, Facts, Policy, head, tail, words};
use crate::lexicon::{Group, Reading, group, set, terms};
use crate::numbering;
use crate::text::{count, first, is_blank, is_colon, is_comma, is_semicolon, is_terminal, last, part, trim, trim_end};

/// How soon a request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResponseTime {
    /// Number of days.
    pub days: u32,
    /// Working days, not calendar days.
    pub working: bool,
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    facts.response_time = response_time(policy);
    ages(policy, facts);
    facts.consent_exceptions = exceptions(policy, false);
    facts.share_consent_exceptions = exceptions(policy, true);
}

/// Numbers in a text with the byte offsets at which they start and end.
pub(super) fn numbers(text: &str) -> Vec<(u32, usize, usize)> {
    let two = set!("period.year", "two");
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let c = first(rest);
        // "A couple" counts before a unit only, and no outline numbers with it.
        let found = numbering::number(rest).or_else(|| two.contains(c).then_some((2, c.len_utf8())));
        if let Some((value, length)) = found {
            let length = length + again(part(rest, length, rest.len()), value);
            out.push((value, at, at + length));
            at += length;
        } else {
            at += c.len_utf8();
        }
    }
    out
}

/// Bytes of a bracket that repeats a number in other figures: "ten (10)".
fn again(behind: &str, value: u32) -> usize {
    let Some(inside) = behind.strip_prefix(['(', '\u{ff08}']) else { return 0 };
    let Some((_, length)) = numbering::number(inside).filter(|same| same.0 == value) else { return 0 };
    let close = first(part(inside, length, inside.len()));
    let all = behind.len() - inside.len() + length + close.len_utf8();
    if matches!(close, ')' | '\u{ff09}') { all } else { 0 }
}

/// The term of a group that `text` starts with, white space aside; its length with that white space.
pub(super) fn unit(text: &str, group: Group) -> Option<usize> {
    let rest = text.trim_start_matches(|c| is_blank(c) || matches!(c, '\u{3011}' | ']'));
    let mut best = None;
    for term in terms(group) {
        if rest.starts_with(term) {
            best = best.max(Some(text.len() - rest.len() + term.len()));
        }
    }
    best
}

/// The period that most clauses on requests name, answers before all else; of equals, the first.
fn response_time(policy: &Policy<'_>) -> Option<Evidenced<ResponseTime>> {
    // At most 180 different ones, as days end at 90.
    let within = set!("reply", "within");
    let mut times: Vec<(ResponseTime, Vec<usize>)> = Vec::new();
    for clause in 0..policy.len() {
        // "Ask us. We have done it within 10 days": what is asked may stand in the sentence before.
        let before = clause.checked_sub(1).filter(|before| policy.same_block(clause, *before));
        let asked = policy.has(clause, group!("reply.request"))
            || policy.has(clause, group!("reply.answer"))
            || before.is_some_and(|before| policy.has(before, group!("reply.request")));
        if !asked || !policy.has(clause, group!("reply")) || policy.is_row(clause) {
            continue;
        }
        let text = policy.text(clause);
        let replies = policy.hits(clause, group!("reply"));
        for (days, start, end) in numbers(text) {
            let rest = text.get(end..).unwrap_or("");
            let found = unit(rest, group!("reply.working"))
                .map(|n| (n, days, true))
                .or_else(|| unit(rest, group!("reply.month")).map(|n| (n, days.saturating_mul(30), false)))
                .or_else(|| unit(rest, group!("period.week")).map(|n| (n, days.saturating_mul(7), false)))
                .or_else(|| unit(rest, group!("reply.calendar")).map(|n| (n, days, false)));
            let found = found.or_else(|| {
                let whole = |hours: &u32| hours.is_multiple_of(24);
                unit(rest, group!("reply.hour")).zip(Some(days).filter(whole)).map(|(n, hours)| (n, hours / 24, false))
            });
            let Some((length, days, working)) = found.filter(|found| (1..=90).contains(&found.1)) else { continue };
            let after = behind_bracket(rest.get(length..).unwrap_or(""));
            let from = text.len() - after.len();
            let reach = from + head(after, 28).len();
            // "within": the character that follows the unit, or soon after it.
            let next = replies.get(replies.partition_point(|h| h.start() < end)).filter(|h| h.start() < reach);
            // "Within 5 days your account is closed."
            let other = next.is_some_and(|reply| is_another(part(text, reply.end(), text.len())));
            let most = Reading::only(tail(part(text, 0, start), 8), [group!("reply.most")]);
            let most = most.of(group!("reply.most")).iter().any(|hit| hit.end() == most.text.len());
            // "… and reply, at the latest in 15 days": the verb may stand before, but what is kept no longer is no reply.
            let most = most && (next.is_some() || !policy.has(clause, group!("practice.verb.store")));
            if (after.starts_with(|c| within.contains(c)) || most)
                && !other
                && (next.is_some() || replies.first().is_some_and(|h| h.end() <= end))
            {
                let time = ResponseTime { days, working };
                match times.iter_mut().find(|(t, _)| *t == time) {
                    Some((_, clauses)) => clauses.push(clause),
                    None => times.push((time, vec![clause])),
                }
            }
        }
    }
    // An answer tells more of requests than what is done about one of them.
    let answers = |clauses: &[usize]| clauses.iter().any(|clause| policy.has(*clause, group!("reply.answer")));
    let (time, clauses) =
        times.into_iter().max_by_key(|(t, c)| (answers(c), c.len(), std::cmp::Reverse(c.first().copied()), t.days))?;
    let mut clauses = clauses.into_iter();
    let first = Evidenced::new(time, clauses.next()?);
    Some(clauses.take(2).fold(first, Evidenced::and))
}

/// Whether what stands behind a word for a reply says that it is no reply: an account is closed by then.
fn is_another(behind: &str) -> bool {
    let closed = Reading::only(head(behind, 8), [group!("reply.done"), group!("reply.request")]);
    let done = closed.of(group!("reply.done")).first();
    done.is_some_and(|done| {
        let asked = closed.of(group!("reply.request")).iter().any(|hit| hit.start() > done.start());
        !asked
            && !Reading::only(head(part(behind, done.end(), behind.len()), 4), [group!("reply.request")])
                .has(group!("reply.request"))
    })
}

/// What follows a remark in brackets: "15 days (holidays excepted) at most".
fn behind_bracket(text: &str) -> &str {
    let close = text.find([')', '\u{ff09}']).filter(|_| text.starts_with(['(', '\u{ff08}']));
    close.map_or(text, |at| part(text, at + first(part(text, at, text.len())).len_utf8(), text.len()))
}

/// Ages below which one is a minor or a child; a definition counts before a mention.
fn ages(policy: &Policy<'_>, facts: &mut Facts) {
    let minors = terms(group!("age.minor"));
    let mut minor: Option<(u8, u32, usize)> = None;
    let mut child: Option<(u8, u32, usize)> = None;
    for clause in 0..policy.len() {
        let text = policy.text(clause);
        // What is sensitive is defined by an age, too, and nothing is said of minors.
        if !policy.has(clause, group!("age.unit")) || policy.has(clause, group!("context.define.harm")) {
            continue;
        }
        let numbers = numbers(text);
        let (of_minors, of_children) = (names(minors, text), names(terms(group!("age.child")), text));
        for (at, &(age, start, _)) in numbers.iter().enumerate() {
            let Some((until, under, reach)) = aged(text, &numbers, at) else { continue };
            let before = part(text, 0, start);
            let after = part(text, until, text.len());
            let example = names(terms(group!("age.example")), tail(before, 4));
            if !reach {
                // "You must be 18 to use it": below that, nobody may.
                if age > 14 && minor.is_none() && !under && demanded(policy, clause, before) {
                    minor = Some((0, age, clause));
                }
                continue;
            }
            if example && !matches!(age, 14 | 18) {
                continue;
            }
            // "Minors (below 18)", "below 18 are regarded as minors".
            let behind = head(after, 40);
            let said = minors.iter().filter_map(|m| behind.find(m)).min().and_then(|m| behind.get(..m));
            let label = tail(before, 8);
            let label = label.rfind(is_parting).map_or(label, |at| part(label, at, label.len()));
            let defines = names(minors, label) || said.is_some_and(|s| names(terms(group!("age.define")), s));
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

/// An age among the numbers of a text: where it ends with its unit, whether "below" follows, and whether those below it are
/// meant.
fn aged(text: &str, numbers: &[(u32, usize, usize)], at: usize) -> Option<(usize, bool, bool)> {
    let below = terms(group!("age.below"));
    let &(age, start, end) = numbers.get(at)?;
    let until = end + unit(part(text, end, text.len()), group!("age.unit")).filter(|_| (10..=20).contains(&age))?;
    // "Over 14 but below 18": what stands right before the next number is said of that one.
    let next = numbers.get(at + 1).map_or(text.len(), |n| n.1);
    let reach = head(part(text, until, next), 10);
    let under = names(below, reach) && !below.iter().any(|b| reach.ends_with(b));
    let before = tail(part(text, 0, start), 4);
    Some((until, under, (under || names(below, before)) && !names(terms(group!("age.above")), before)))
}

/// The first age below which a text speaks of somebody, but for one that only stands out among others.
#[must_use]
pub fn below(text: &str) -> Option<u32> {
    let numbers = numbers(text);
    let told = |at: &usize| {
        let before = numbers.get(*at).map_or("", |number| tail(part(text, 0, number.1), 6));
        aged(text, &numbers, *at).is_some_and(|aged| aged.2) && !names(terms(group!("age.example")), before)
    };
    (0..numbers.len()).find(told).and_then(|at| Some(numbers.get(at)?.0))
}

/// Whether an age behind a text is one that who uses the product must have reached.
fn demanded(policy: &Policy<'_>, clause: usize, before: &str) -> bool {
    names(terms(group!("age.least")), tail(before, 4))
        && policy.has(clause, group!("age.only"))
        && policy.has(clause, group!("age.use"))
}

/// Whether one of the terms stands in a text.
fn names(terms: &[&str], text: &str) -> bool {
    terms.iter().any(|term| text.contains(term))
}

/// Ends of a stretch.
pub(super) fn is_parting(c: char) -> bool {
    is_comma(c) || is_terminal(c)
}

/// How many cases the list has that is introduced with "no consent is needed", or else with "without consent".
fn exceptions(policy: &Policy<'_>, sharing: bool) -> Option<Evidenced<usize>> {
    let listed = |without: bool| {
        (0..policy.len()).find_map(|clause| {
            let opened = opens(policy, clause, without)?;
            let shares = policy.has(clause, group!("exception.share"));
            let collects = policy.has(clause, group!("exception.collect"));
            let shares = !collects && (shares || policy.headed(clause, group!("exception.share")));
            if shares != sharing {
                return None;
            }
            // "No consent is needed: (1) …; (2) …" in one line.
            let inner = if opened { 1 + within(policy, clause) } else { 0 };
            let listed = cases(policy, clause).max(following(policy, clause));
            let count = if listed >= 2 { listed } else { parted(policy, clause).max(inner) };
            (count >= 2).then(|| Evidenced::new(count, clause))
        })
    };
    listed(false).or_else(|| listed(true))
}

/// The items of a list.
fn cases(policy: &Policy<'_>, lead: usize) -> usize {
    let clauses = policy.clauses.iter().enumerate().skip(lead + 1).take(super::MOST_ITEMS);
    let items =
        clauses.take_while(|(_, c)| c.lead().is_some_and(|l| l >= lead)).filter(|(_, c)| c.lead() == Some(lead));
    counted(policy, items.map(|(clause, _)| clause), policy.items(lead))
}

/// How many cases so many clauses hold: where most are counted from one on, one without a number goes on with the one before.
fn counted(policy: &Policy<'_>, clauses: impl Iterator<Item = usize>, all: usize) -> usize {
    let mut count = 0;
    for (at, clause) in clauses.take(all).enumerate() {
        let marked = numbering::parse(policy.text(clause)).is_some_and(|mark| mark.value as usize == count + 1);
        count += usize::from(marked);
        if at == 0 && !marked {
            return all;
        }
    }
    if count >= 2 && count * 2 > all { count } else { all }
}

/// Whether a clause says that no consent is needed in the cases that follow, or (`without`) speaks of what is done without
/// one; whether the first of them stands in it.
fn opens(policy: &Policy<'_>, clause: usize, without: bool) -> Option<bool> {
    let text = policy.text(clause);
    let consents = policy.hits(clause, group!("exception.consent"));
    let nots = policy.hits(clause, if without { group!("exception.without") } else { group!("exception") });
    // "Unauthorised" is said of strangers, "without your consent" of us.
    let ours = |between: &str, consent: &str| {
        let agrees = set!("exception.without", "agree");
        let next = part(text, consent.as_ptr() as usize - text.as_ptr() as usize + consent.len(), text.len());
        !without
            || consent.starts_with(agrees)
            || next.starts_with(is_comma)
            || Reading::only(between, [group!("grant.reader")]).has(group!("grant.reader"))
    };
    if without && !policy.has(clause, group!("exception.unless")) {
        return None;
    }
    let told = nots.iter().find_map(|not| {
        let next = consents.get(consents.partition_point(|hit| hit.start() < not.end()))?;
        let between = part(text, not.end(), next.start());
        let close = count(between) <= 14 && ours(between, words(text, next));
        (close && !is_excluded(part(text, next.end(), text.len()))).then_some(next.end())
    });
    let headed =
        policy.headed(clause, group!("exception.heading")) && policy.has(clause, group!("exception.cases")) && !without;
    let end = told.or(headed.then_some(0))?;
    let bare = trim_end(text, is_blank);
    if bare.ends_with([':', '\u{ff1a}']) {
        return Some(false);
    }
    // A sentence that only mentions them ends with "except …".
    let cases = policy.has(clause, group!("exception.cases"));
    if told.is_some() && cases && bare.ends_with(['\u{3002}', '.']) && !policy.has(clause, group!("exception.mention"))
    {
        return Some(false);
    }
    let colon = part(text, end, text.len()).find([':', '\u{ff1a}']).filter(|at| count(part(text, end, end + at)) <= 12);
    (told.is_some() && colon.is_some()).then_some(true)
}

/// Whether the stretch that goes on with a text says "except": what stands in it is set aside, and no list of it follows.
fn is_excluded(rest: &str) -> bool {
    let stretch = part(rest, 0, rest.find(is_parting).unwrap_or(rest.len()));
    let except = set!("exception.mention", "except");
    trim(stretch).ends_with(except)
}

/// Cases without marks behind a lead-in: each ends with a semicolon, but for the last.
fn parted(policy: &Policy<'_>, clause: usize) -> usize {
    if !is_colon(last(trim_end(policy.text(clause), is_blank))) {
        return 0;
    }
    let semicolon = |next: &usize| is_semicolon(last(trim_end(policy.text(*next), is_blank)));
    let cases = (clause + 1..policy.len().min(clause + 60)).take_while(semicolon).count();
    let cases = if cases > 0 && clause + 1 + cases < policy.len() { cases + 1 } else { cases };
    counted(policy, clause + 1.., cases)
}

/// Sentences that go on in the clause's own block.
fn within(policy: &Policy<'_>, clause: usize) -> usize {
    (clause + 1..policy.len().min(clause + 60)).take_while(|next| policy.same_block(clause, *next)).count()
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
