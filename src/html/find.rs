//! Text and what a reader typed → where it stands, in UTF-16 code units.
//!
//! Case and full or half width make no difference; white space at the ends of the query is dropped.

use crate::lexicon::fold;

/// Every place, in order and without overlap, as `[start, end)` in UTF-16 code units of `text`.
#[must_use]
pub fn find(text: &str, query: &str) -> Vec<[usize; 2]> {
    let needle: Vec<char> = query.trim().chars().map(fold).collect();
    let Some((first, rest)) = needle.split_first() else { return Vec::new() };
    let haystack: Vec<(char, usize)> = text
        .chars()
        .scan(0, |at, c| {
            let start = *at;
            *at += c.len_utf16();
            Some((fold(c), start))
        })
        .collect();
    let end = text.encode_utf16().count();
    let mut hits = Vec::new();
    let mut from = 0;
    while let Some(tail) = haystack.get(from..) {
        let Some(skip) = tail.iter().position(|(c, _)| c == first) else { break };
        let at = from + skip;
        let matched = haystack
            .get(at + 1..)
            .is_some_and(|after| after.len() >= rest.len() && after.iter().zip(rest).all(|((c, _), n)| c == n));
        if matched {
            let place = |i: usize| haystack.get(i).map_or(end, |(_, start)| *start);
            hits.push([place(at), place(at + needle.len())]);
            from = at + needle.len();
        } else {
            from = at + 1;
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn places() {
        let cases: &[(&str, &str, &[[usize; 2]])] = &[
            ("我们收集位置，位置很准", "位置", &[[4, 6], [7, 9]]),
            ("aaaa", "aa", &[[0, 2], [2, 4]]),
            ("使用ＩＭＥＩ和imei", "Imei", &[[2, 6], [7, 11]]),
            ("𠮷野家𠮷", "𠮷", &[[0, 2], [4, 6]]),
            ("aab", "ab", &[[1, 3]]),
            ("abc", "  ", &[]),
            ("abc", "", &[]),
            ("", "a", &[]),
            ("ab", "abc", &[]),
            ("a　b", "a b", &[[0, 3]]),
        ];
        for (text, query, hits) in cases {
            assert_eq!(find(text, query), *hits, "{query} in {text}");
        }
    }
}
