//! A text → the language it is written in.

use super::{group, setting};
use crate::text::{Ideographs, Text, is_ideograph};

/// The language of a text, BCP 47: by its script, and for Chinese by characters that only one of the two scripts uses.
#[must_use]
pub fn language(text: &Text) -> &'static str {
    let [only_traditional, only_simplified] =
        ["traditional", "simplified"].map(|key| Ideographs::new(setting(group!("script"), key)));
    let (mut ideographs, mut latin, mut traditional, mut simplified) = (0usize, 0usize, 0usize, 0usize);
    for c in text.as_str().chars().take(20_000) {
        if is_ideograph(c) {
            ideographs += 1;
            traditional += usize::from(only_traditional.has(c));
            simplified += usize::from(only_simplified.has(c));
        }
        latin += usize::from(c.is_ascii_alphabetic());
    }
    if ideographs * 8 < latin {
        "en"
    } else if traditional > simplified {
        "zh-Hant"
    } else {
        "zh-Hans"
    }
}
