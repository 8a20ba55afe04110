//! Clauses on keeping and removing → how long information is kept: for so long, as long as the account lives, as long as
//! the purposes need, or as the law demands at the least.

use super::limits::{is_parting, numbers, unit};
use super::{Evidenced, Facts, Policy, head, tail};
use crate::clauses::Clause;
use crate::lexicon::{Group, Hit, Reading, fold, group, set, terms};
use crate::numbering;
use crate::practices::{Action, Actor, Mode};
use crate::text::{
    count, first, has, is_blank, is_colon, is_ideograph, is_terminal, last, part, trim, trim_end, trim_start,
};

/// How long information is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The clause's own words.
    pub text: String,
    /// ISO 8601, where one is stated.
    pub duration: Option<String>,
    /// It is the shortest.
    pub least: bool,
    /// It counts from when the account is closed; without a duration: it lasts until then.
    pub closing: bool,
    /// It is what the law demands at the least, told as an exception: no period of our own.
    pub statutory: bool,
}

/// Periods of each kind that are told.
const MOST_PERIODS: usize = 6;

/// Clauses on how long information is kept; those with a period first, then what is said of all information, then the law.
pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let (mut dated, mut laws, mut vague) = (Vec::new(), Vec::new(), Vec::new());
    for clause in 0..policy.len() {
        // What others keep, and cookies, are no information of ours.
        let cookie = policy.has(clause, group!("cookie")) && !policy.has(clause, group!("card.data"));
        if policy.headed(clause, group!("column.third")) || cookie {
            continue;
        }
        if let Some((table, row)) = policy.row(clause) {
            for period in celled(policy, table, row) {
                add(&mut dated, period, clause);
            }
            continue;
        }
        let keeps = keeps(policy, clause);
        let led = keeps.is_empty() && is_led(policy, clause);
        // What the reader must remove is no period of ours.
        let removed = policy.has(clause, group!("retain.remove")) && !policy.practices.terms(clause);
        if keeps.is_empty() && !removed && !led || policy.has(clause, group!("retain.not")) {
            continue;
        }
        let text = policy.text(clause);
        let periods = periods(policy, clause, &keeps, led);
        let own = periods.iter().filter(|period| !period.statutory).count();
        for mut period in periods {
            if own == 1 && !period.statutory {
                period.text = trim_end(trim(text), is_parting).into();
            }
            add(if period.statutory { &mut laws } else { &mut dated }, period, clause);
        }
        // What is said of children's is not said of all.
        let children = policy.headed(clause, group!("card.subject.children"));
        if let Some(closing) = lasts(policy, clause, &keeps).filter(|_| !children) {
            let period = Period { text: text.into(), duration: None, least: false, closing, statutory: false };
            // What a chapter on keeping says of personal information is said of all of it.
            let plain = 2 * u8::from(policy.headed(clause, group!("practice.verb.store")))
                + u8::from(policy.has(clause, group!("practice.personal")));
            vague.push((plain, Evidenced::new(period, clause)));
        }
    }
    vague.sort_by_key(|(plain, _)| std::cmp::Reverse(*plain));
    dated.extend(vague.into_iter().map(|(_, period)| period).take(MOST_PERIODS));
    dated.append(&mut laws);
    facts.retention = dated;
}

/// Adds a period that is not known yet.
fn add(found: &mut Vec<Evidenced<Period>>, period: Period, clause: usize) {
    if found.len() < MOST_PERIODS && !found.iter().any(|known| known.value == period) {
        found.push(Evidenced::new(period, clause));
    }
}

/// The verbs of keeping in a clause; one of a single character only before a number.
fn keeps(policy: &Policy<'_>, clause: usize) -> Vec<(usize, usize)> {
    let text = policy.text(clause);
    let whole = |hit: &&Hit| {
        count(part(text, hit.start(), hit.end())) > 1 || numbering::number(part(text, hit.end(), text.len())).is_some()
    };
    policy
        .hits(clause, group!("practice.verb.store"))
        .iter()
        .filter(whole)
        .map(|hit| (hit.start(), hit.end()))
        .collect()
}

/// Whether a clause is a line of a list of periods: its lead-in keeps, or its title tells how long.
fn is_led(policy: &Policy<'_>, clause: usize) -> bool {
    let keeps = |lead: usize| {
        let own = policy.practices(lead).last();
        own.is_some_and(|p| p.action == Action::Store && p.actor != Actor::You && p.mode != Mode::DoesNot)
    };
    let text = policy.text(clause);
    let labelled = || has(text, is_colon) && count(text) <= LINE && !policy.has(clause, group!("retain.notice"));
    policy.clauses.get(clause).and_then(Clause::lead).is_some_and(keeps)
        || labelled() && policy.headed(clause, group!("card.subject.retention"))
}

/// Characters of a line that holds little but what is kept and how long.
const LINE: usize = 30;

/// Whether a clause keeps until its purpose is reached, or as long as the account lives or is used (`true`).
fn until(reading: &Reading<'_>) -> Option<bool> {
    let near = |from: usize, to: usize| {
        let between = part(reading.text, from, to);
        from <= to && count(between) <= LIVES && !has(between, is_terminal)
    };
    let untils = reading.of(group!("retain.until"));
    let beside = |end: &&Hit| {
        let next = untils.partition_point(|until| until.end() <= end.start());
        let before = next.checked_sub(1).and_then(|at| untils.get(at));
        before.is_some_and(|until| near(until.end(), end.start()))
            || untils.get(next).is_some_and(|until| near(end.end(), until.start()))
    };
    let account = |hit: &Hit| set!("retain.vague", "account").contains(part(reading.text, hit.start(), hit.end()));
    let account = |hit: &&Hit| account(hit) && beside(hit);
    if reading.of(group!("retain.account")).iter().any(|end| beside(&end)) {
        return Some(true);
    }
    let vague = reading.of(group!("retain.vague"));
    vague
        .iter()
        .any(|hit| account(&hit))
        .then_some(true)
        .or_else(|| vague.iter().any(|hit| beside(&hit)).then_some(false))
}

/// Characters between "until" and "the account".
const LIVES: usize = 12;

/// Whether a clause says that information is kept as long as the purposes need, or as long as the account lives (`true`).
fn lasts(policy: &Policy<'_>, clause: usize, keeps: &[(usize, usize)]) -> Option<bool> {
    let until = until(&policy.tokens.clause(clause));
    if until.is_some() && !keeps.is_empty() && !is_timed(policy.text(clause)) {
        return until;
    }
    let reading = policy.tokens.clause(clause);
    // What is kept for example tells of nothing else.
    let own = reading.of(group!("practice.such")).first().map_or(usize::MAX, Hit::start);
    let times = reading.of(group!("retain.time"));
    let times = times.get(..times.partition_point(|time| time.end() <= own)).unwrap_or_default();
    let near = |from: usize, to: usize, reach: usize| {
        let between = part(reading.text, from, to);
        count(between) <= reach && !between.contains('\u{3001}')
    };
    // Whether something is kept beside a time in a stretch.
    let kept = |time: &Hit, from: usize, to: usize| {
        let first = keeps.partition_point(|keep| keep.1 + OPENS <= from);
        let mut keeps = keeps.iter().skip(first).take(TIMED).take_while(|keep| keep.0 < to);
        keeps.any(|keep| near(time.end().min(keep.1), time.start().max(keep.0), TIMED))
    };
    let timed = |time: &Hit, over: bool| {
        let (from, to) = reading.stretch(time.start());
        let need = reading.within(group!("retain.vague"), from, time.start()).last()?;
        let said = if over {
            // "As long as …, we keep it", "The time for which we keep it, is as long as …".
            let opens = count(part(reading.text, time.end(), to)) <= OPENS;
            let before = times.partition_point(|other| other.end() <= from).checked_sub(1).and_then(|at| times.get(at));
            let before = before.filter(|other| count(part(reading.text, other.end(), from)) <= OPENS);
            opens && kept(time, from, reading.stretch(to).1)
                || before.is_some_and(|other| kept(other, reading.stretch(other.start()).0, from))
        } else {
            kept(time, from, to)
        };
        let word = part(reading.text, need.start(), need.end());
        (said && near(need.end(), time.start(), TIMED / 2)).then(|| set!("retain.vague", "account").contains(word))
    };
    // What stands in the same stretch tells, before what stands around it.
    { times.iter() }.find_map(|time| timed(time, false)).or_else(|| times.iter().find_map(|time| timed(time, true)))
}

/// Characters between "kept" and "the time".
const TIMED: usize = 24;

/// Characters behind a time that ends its stretch, at the most.
const OPENS: usize = 4;

/// The periods of a row's cells under a head that says how long.
fn celled(policy: &Policy<'_>, table: usize, row: usize) -> Vec<Period> {
    let columns = policy.columns(table);
    // What others keep is told where they are named.
    if columns.iter().any(|head| head.has(group!("column.company")) || head.has(group!("column.third"))) {
        return Vec::new();
    }
    let kept = columns.iter().enumerate().filter(|(_, head)| head.has(group!("column.period")));
    let cells = kept.map(|(column, _)| policy.cell(table, row, column));
    cells
        .flat_map(|cell| stated(cell).map(move |(_, _, end, duration)| period(cell, cell, end, duration, false)))
        .collect()
}

/// The periods that a text names: where each starts, where its number ends, where its unit ends, and ISO 8601 for it.
fn stated(text: &str) -> impl Iterator<Item = (usize, usize, usize, String)> + '_ {
    const UNITS: [(Group, char); 5] = [
        (group!("period.day"), 'D'),
        (group!("period.month"), 'M'),
        (group!("period.year"), 'Y'),
        (group!("period.week"), 'W'),
        (group!("reply.hour"), 'H'),
    ];
    let half = Reading::only(text, [group!("period.half")]);
    let half =
        half.of(group!("period.half")).iter().map(|hit| (hit.start(), hit.start(), hit.end(), "P6M".to_string()));
    let half: Vec<_> = half.collect();
    let counted = numbers(text).into_iter().filter_map(move |(value, from, to)| {
        let rest = part(text, to, text.len());
        let (length, letter) = UNITS
            .iter()
            .find_map(|(group, letter)| Some((unit(rest, *group)?, *letter)))
            .filter(|_| (1..1000).contains(&value))?;
        let apart = !is_decimal(part(text, 0, from)) && ends(part(rest, length, rest.len()));
        let duration = match letter {
            'W' => format!("P{}D", value * 7),
            'H' => format!("PT{value}H"),
            _ => format!("P{value}{letter}"),
        };
        apart.then_some((from, to, to + length, duration))
    });
    let mut all: Vec<_> = counted.chain(half).collect();
    all.sort_unstable_by_key(|found| found.0);
    all.into_iter()
}

/// Whether a text names a period, whatever it is for.
#[must_use]
pub fn is_timed(text: &str) -> bool {
    stated(text).next().is_some()
}

/// A period with what limits it: `text` is what says so, up to `end` and behind it, `words` what is quoted.
fn period(words: &str, text: &str, end: usize, duration: String, statutory: bool) -> Period {
    let before = Reading::only(part(text, 0, end), [group!("retain.least"), group!("retain.closing")]);
    let near = |hit: &Hit, reach| count(part(text, hit.end(), end)) <= reach;
    let least = before.of(group!("retain.least")).last().is_some_and(|hit| near(hit, LEAST)) || is_more(text, end);
    // "Once the account is closed, … are kept for …": a sentence counts from where it starts.
    let closing = !statutory
        && before.of(group!("retain.closing")).last().is_some_and(|hit| {
            let between = part(text, hit.end(), end);
            near(hit, CLOSING)
                || has(head(between, CLOSING), |c| set!("retain.closing", "after").contains(c))
                    && !has(between, is_terminal)
        });
    let text = trim_end(trim(words), is_parting).into();
    Period { text, duration: Some(duration), least, closing, statutory }
}

/// Whether "or more" follows a period.
fn is_more(text: &str, end: usize) -> bool {
    part(text, end, text.len()).starts_with(set!("retain.least", "more"))
}

/// Characters from "at least" to the end of its period.
const LEAST: usize = 10;
/// Characters from "the account is closed" to the end of the period that counts from then, or to the word for "after".
const CLOSING: usize = 14;

/// The periods for which a clause says that something is kept, each with the stretch that says so.
fn periods(policy: &Policy<'_>, clause: usize, keeps: &[(usize, usize)], led: bool) -> Vec<Period> {
    let text = policy.text(clause);
    let mark = numbering::parse(text).map_or(0, |mark| mark.end);
    let mut found = Vec::new();
    let mut start = 0;
    let mut stated = stated(text).peekable();
    let mut kept = led;
    for piece in text.split_inclusive(is_parting) {
        let end = start + piece.len();
        let words = Reading::only(piece, [group!("retain.other"), group!("retain.remove"), group!("retain.notice")]);
        let next = keeps.partition_point(|keep| keep.0 < end);
        let here = next > keeps.partition_point(|keep| keep.0 < start);
        // "… is kept, for three years at the most": a stretch without a verb of its own goes on.
        // "Within 14 days, kept in …": the verb opens the next stretch.
        let ahead = keeps.get(next).is_some_and(|keep| keep.0 == end);
        kept = here || (kept || ahead) && !words.has(group!("retain.other"));
        while let Some((from, to, until, duration)) = stated.next_if(|found| found.0 < end) {
            // "Removed within 30 days of closing the account."
            let other = words.has(group!("retain.other")) && !here;
            let days = part(text, to, until);
            let working = terms(group!("reply.working")).iter().any(|term| days.contains(term));
            // "Within 30 days of closing the account, we remove it": the verb may stand in the next stretch.
            let next =
                part(text, end, end + text.get(end..).and_then(|t| t.find(is_parting)).unwrap_or(text.len() - end));
            let closes = || Reading::only(piece, [group!("retain.since")]).has(group!("retain.since"));
            let then = || closes() && Reading::only(next, [group!("retain.remove")]).has(group!("retain.remove"));
            // "Removed after 60 days", "once 15 days have passed, …".
            let passed = || {
                set!("retain.remove", "after").contains(first(part(text, until, text.len())))
                    || set!("retain.remove", "full").contains(last(trim_end(part(text, 0, from), is_blank)))
            };
            let removed = (words.has(group!("retain.remove")) || then())
                && (policy.has(clause, group!("retain.since")) || passed())
                && !words.has(group!("retain.notice"))
                && !working;
            // Hours are told of what is kept, seldom of when it is removed.
            let removed = removed && !duration.ends_with('H');
            if from >= mark && (kept && !other || removed) {
                let statutory = by_law(policy, clause, start, end, until);
                found.push(period(piece, text, until, duration, statutory));
            }
        }
        start = end;
    }
    found
}

/// Whether a number goes on from one before it ("2.1", "March 1").
fn is_decimal(before: &str) -> bool {
    let before = trim_end(before, is_blank);
    let units = set!("date.particle", "units");
    last(before).is_ascii_digit()
        || matches!(last(before), '.' | '-' | '/')
        || units.contains(last(before)) && !before.is_empty() && {
            let number = part(before, 0, before.len() - last(before).len_utf8());
            fold(last(number)).is_ascii_digit()
        }
}

/// Whether a unit ends a word: "3 days" is a period, "3.2 日程" none.
fn ends(rest: &str) -> bool {
    let c = first(trim_start(rest, is_blank));
    let kept = || {
        let verb = group!("practice.verb.store");
        Reading::only(head(rest, 3), [verb]).of(verb).first().is_some_and(|hit| hit.start() == 0)
    };
    !is_ideograph(c) || set!("period.day", "follows").contains(c) || kept()
}

/// Whether the law says how long at the least, and we do not: that is no period of the company's own.
fn by_law(policy: &Policy<'_>, clause: usize, from: usize, to: usize, until: usize) -> bool {
    let least = policy.hits(clause, group!("retain.least"));
    let least = least.get(least.partition_point(|hit| hit.start() < from)).is_some_and(|hit| hit.start() < to)
        || is_more(policy.text(clause), until);
    let words = Reading::only(
        tail(part(policy.text(clause), 0, to), 120),
        [group!("retain.law"), group!("company.self"), group!("retain.unless")],
    );
    let law = words.of(group!("retain.law")).last();
    let own = law.is_some_and(|law| words.of(group!("company.self")).iter().any(|hit| hit.start() >= law.end()));
    least && (words.has(group!("retain.unless")) || law.is_some() && !own)
}
