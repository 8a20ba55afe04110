//! Label and date in one clause → when the policy was published, changed, and came into force.

use super::{Evidenced, Facts, Policy, head, tail};
use crate::lexicon::{Group, fold, group};
use crate::text::is_blank;

/// Dates stand at the beginning or at the very end; a label elsewhere must not be taken for the policy's own.
const NEAR: usize = 40;

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let ends = (0..policy.len().min(NEAR)).chain(policy.len().saturating_sub(10).max(NEAR)..policy.len());
    for clause in ends {
        if policy.text(clause).chars().count() > 160 {
            continue;
        }
        for (label, slot) in [
            (group!("date.updated"), &mut facts.updated),
            (group!("date.effective"), &mut facts.effective),
            (group!("date.published"), &mut facts.published),
        ] {
            if slot.is_none() {
                *slot = dated(policy, clause, label).map(|d| Evidenced::new(d, clause));
            }
        }
    }
}

/// The date behind the label, or before it ("… takes effect from").
fn dated(policy: &Policy<'_>, clause: usize, label: Group) -> Option<String> {
    let text = policy.text(clause);
    for hit in policy.hits(clause, label) {
        // Another label ends this one's reach.
        let mut stop = text.len();
        for other in [group!("date.updated"), group!("date.effective"), group!("date.published")] {
            let next = policy.hits(clause, other).iter().find(|h| h.start() >= hit.end());
            stop = next.map_or(stop, |h| stop.min(h.start()));
        }
        let date = first_date(head(text.get(hit.end()..stop).unwrap_or(""), 30));
        if date.is_some() {
            return date;
        }
        // "on 2022-03-15 起生效": the date ends where the label starts.
        let before = text.get(..hit.start()).unwrap_or("");
        let date = first_date(tail(before, 14));
        if date.is_some() && !before.ends_with(is_blank) {
            return date;
        }
    }
    None
}

/// The first day, month and year in a text, as ISO 8601; brackets and white space between them do not matter.
pub(super) fn first_date(text: &str) -> Option<String> {
    let mut numbers: Vec<(u32, usize)> = Vec::new();
    let mut digits = 0;
    let mut value: u32 = 0;
    let mut gap = 0;
    for c in text.chars().map(fold).chain(std::iter::once('\n')) {
        if let Some(d) = c.to_digit(10) {
            if digits == 0 && gap > 4 {
                numbers.clear();
            }
            value = value.saturating_mul(10).saturating_add(d);
            digits += 1;
            continue;
        }
        if digits > 0 {
            if numbers.is_empty() && digits != 4 || numbers.len() == 1 && digits > 2 {
                numbers.clear();
                if digits == 4 {
                    numbers.push((value, digits));
                }
            } else {
                numbers.push((value, digits));
            }
            gap = 0;
            (digits, value) = (0, 0);
            if let [(y, _), (m, _), (d, _)] = numbers.as_slice() {
                if (1990..2100).contains(y) && (1..=12).contains(m) && (1..=31).contains(d) {
                    return Some(format!("{y:04}-{m:02}-{d:02}"));
                }
                numbers.clear();
            }
        }
        gap += usize::from(!is_blank(c));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_dresses() {
        for (text, want) in [
            ("2022年3月15日", Some("2022-03-15")),
            ("：【2021】年【11】月【1】日", Some("2021-11-01")),
            ("2021年11月12\n日", Some("2021-11-12")),
            ("2020.02.21 版", Some("2020-02-21")),
            ("２０２３－１－５", Some("2023-01-05")),
            ("V3.2 2024/12/31", Some("2024-12-31")),
            ("2022年", None),
            ("第35273-2020号", None),
        ] {
            assert_eq!(first_date(text).as_deref(), want, "{text}");
        }
    }
}
