//! Names with a legal form → who decides on the processing; title and introduction → what the policy is about.

use super::{Evidenced, Policy, head};
use crate::lexicon::{Reading, group, terms};
use crate::text::{Index, hash, is_blank, is_closing, is_opening};

/// The full legal name that the policy introduces as "we".
pub(super) fn controller(policy: &Policy<'_>) -> Option<Evidenced<String>> {
    let mut found: Vec<(&str, i32, usize)> = Vec::new();
    for clause in 0..policy.len() {
        if policy.is_row(clause) {
            continue;
        }
        let text = policy.text(clause);
        for hit in policy.hits(clause, group!("company.form")) {
            let Some(name) = name(text, hit.start(), hit.end()) else { continue };
            let introduced = Reading::new(head(text.get(hit.end()..).unwrap_or(""), 60)).has(group!("company.self"));
            let early = match clause {
                0..8 => 4,
                8..30 => 2,
                _ => 0,
            };
            let score = 1 + early + if introduced { 3 } else { 0 };
            found.push((name, score, clause));
        }
    }
    let index = Index::new(found.iter().map(|f| hash(f.0)));
    let total = |name: &str| index.of(hash(name)).iter().filter_map(|(_, i)| found.get(*i)).map(|f| f.1).sum::<i32>();
    // The first place of each name speaks for all of them.
    let firsts = found.iter().enumerate().filter(|(i, f)| index.of(hash(f.0)).first().is_some_and(|e| e.1 == *i));
    let best = firsts.max_by_key(|(i, f)| (total(f.0), std::cmp::Reverse(*i), f.0.len()))?.1;
    Some(Evidenced::new(best.0.into(), best.2))
}

/// The name that ends at `end` with the legal form that starts at `form`.
pub(super) fn name(text: &str, form: usize, end: usize) -> Option<&str> {
    let head = text.get(..form)?;
    // Back to punctuation; brackets may stand in a name.
    let mut start = form;
    let mut brackets = 0;
    for (i, c) in head.char_indices().rev() {
        match c {
            '\u{ff09}' | ')' => brackets += 1,
            '\u{ff08}' | '(' if brackets > 0 => brackets -= 1,
            _ if is_opening(c) || is_closing(c) || matches!(c, '\u{ff0c}' | '\u{3002}' | '\u{3001}' | '|' | '/') => {
                break;
            }
            _ if is_blank(c) && !head.get(..i).is_some_and(|h| h.ends_with(|p: char| p.is_ascii_alphabetic())) => break,
            _ => {}
        }
        start = i;
        if text.get(i..form).is_some_and(|t| t.chars().count() > 40) {
            break;
        }
    }
    let phrase = text.get(start..form)?;
    let reading = Reading::new(phrase);
    let words = reading.of(group!("company.before"));
    let starts = |at: usize| at == 0 || words.is_empty() || words.iter().any(|w| w.end() == at);
    let place = reading.of(group!("company.place")).iter().find(|place| starts(place.start()));
    let cut = match place {
        // A place in brackets stands inside of the name.
        Some(place) if !phrase.get(..place.start()).is_some_and(|p| p.ends_with(['\u{ff08}', '('])) => place.start(),
        _ => {
            let ends = words.iter().map(crate::lexicon::Hit::end);
            ends.filter(|end| phrase.get(*end..).is_some_and(|r| r.chars().nth(1).is_some())).max().unwrap_or(0)
        }
    };
    let name = text.get(start + cut..end)?.trim_matches(is_blank);
    let length = name.chars().count();
    (5..=40).contains(&length).then_some(name)
}

/// What the policy is about: the title without its last words, or the first name in book-title marks with them.
pub(super) fn product(policy: &Policy<'_>) -> Option<Evidenced<String>> {
    let titles = terms(group!("title"));
    let strip = |title: &str| {
        let title = title.trim_matches(is_blank);
        let mut best: Option<&str> = None;
        for t in titles {
            if let Some(i) = title.rfind(t)
                && best.is_none_or(|b| i < b.len())
            {
                best = title.get(..i);
            }
        }
        best.map(|b| {
            b.trim_end_matches(terms(group!("product.after")).first().copied().unwrap_or("\0"))
                .trim_matches(|c| is_blank(c) || is_opening(c) || is_closing(c))
                .to_string()
        })
        .filter(|b| (1..=24).contains(&b.chars().count()))
    };
    if policy.len() == 0 {
        return None;
    }
    if let Some(product) = strip(policy.title()) {
        return Some(Evidenced::new(product, 0));
    }
    (0..policy.len().min(40)).find_map(|clause| {
        let text = policy.text(clause);
        text.split('\u{300a}')
            .skip(1)
            .filter_map(|p| p.split('\u{300b}').next())
            .find_map(strip)
            .filter(|p| !terms(group!("product.not")).iter().any(|n| p.contains(n)))
            .map(|p| Evidenced::new(p, clause))
    })
}
