//! Names with a legal form → who decides on the processing; title and introduction → what the policy is about.

use super::{Evidenced, Policy, head, tail};
use crate::lexicon::{Reading, group, terms};
use crate::text::{is_blank, is_closing, is_opening, part, trim_end, trim_start};

/// The full legal name that the policy introduces as "we", or as whoever provides the product; of equals, the first.
pub(super) fn controller(policy: &Policy<'_>) -> Option<Evidenced<String>> {
    let mut best: (i32, Option<(&str, usize)>) = (0, None);
    for clause in 0..policy.len() {
        if policy.is_row(clause) {
            continue;
        }
        let text = policy.text(clause);
        for hit in policy.hits(clause, group!("company.form")) {
            let Some(name) = name(text, hit.start(), hit.end()) else { continue };
            let behind = Reading::new(head(text.get(hit.end()..).unwrap_or(""), 200));
            let before = text.get(..hit.end() - name.len()).unwrap_or("");
            let before = tail(trim_end(before, is_edge), 30);
            let around = Reading::new(before);
            let provides = around.of(group!("company.role")).last().is_some_and(|h| before.len() - h.end() <= 6);
            let introduced = behind.has(group!("company.self"));
            // Others are named where something is shared with them or a kit is theirs, or as the owner of who is meant.
            if behind.of(group!("company.owner")).first().is_some_and(|h| h.start() == 0)
                || !provides && !introduced && around.has(group!("company.other"))
            {
                continue;
            }
            let early = match clause {
                0..8 => 4,
                8..30 => 2,
                _ => 0,
            };
            let score = 1 + early + 2 * i32::from(introduced) + 3 * i32::from(provides);
            if score > best.0 {
                best = (score, Some((name, clause)));
            }
        }
    }
    best.1.map(|(name, clause)| Evidenced::new(name.into(), clause))
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
    (6..=40).contains(&length).then_some(name)
}

/// What the policy is about: the title without its last words, or the first name in book-title marks with them.
pub(super) fn product(policy: &Policy<'_>) -> Option<Evidenced<String>> {
    if let Some(product) = titled(policy.title()).filter(|_| policy.len() > 0) {
        return Some(Evidenced::new(product, 0));
    }
    for clause in 0..policy.len().min(40) {
        for behind in policy.text(clause).split('\u{300a}').skip(1) {
            let end = behind.find('\u{300b}').unwrap_or(behind.len());
            if let Some(product) = titled(part(behind, 0, end))
                && !terms(group!("product.not")).iter().any(|not| product.contains(not))
            {
                return Some(Evidenced::new(product, clause));
            }
        }
    }
    None
}

/// What stands before the words that make a title one of a policy.
fn titled(title: &str) -> Option<String> {
    let mut end = None;
    for term in terms(group!("title")) {
        if let Some(at) = title.find(term) {
            end = Some(end.map_or(at, |end: usize| end.min(at)));
        }
    }
    let mut product = part(title, 0, end?);
    for after in terms(group!("product.after")) {
        product = product.strip_suffix(after).unwrap_or(product);
    }
    let product = trim_start(trim_end(product, is_edge), is_edge);
    (1..=24).contains(&product.chars().count()).then(|| product.into())
}

fn is_edge(c: char) -> bool {
    is_blank(c) || is_opening(c) || is_closing(c)
}
