//! A text → the language it is written in.

use super::{group, setting};
use crate::text::{Text, is_ideograph};

/// The language of a text, BCP 47: by its script, and for Chinese by characters that only one of the two scripts uses.
#[must_use]
pub fn language(text: &Text) -> &'static str {
    let (only_traditional, only_simplified) =
        (setting(group!("script"), "traditional"), setting(group!("script"), "simplified"));
    let (mut ideographs, mut latin, mut traditional, mut simplified) = (0usize, 0usize, 0usize, 0usize);
    for c in text.as_str().chars().take(20_000) {
        if is_ideograph(c) {
            ideographs += 1;
            traditional += usize::from(only_traditional.contains(c));
            simplified += usize::from(only_simplified.contains(c));
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
