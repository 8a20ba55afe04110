//! A character → its narrow, small form. build.rs folds terms by it, too.

/// ASCII for full width, lower case, a space for the wide one; any other character as it is.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(c, |narrow| narrow.to_ascii_lowercase()),
        // Other scripts' cases do not matter to the lists, and their table is 11 kB.
        _ => c,
    }
}
