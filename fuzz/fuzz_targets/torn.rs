//! Any text torn by line breaks in mid-word → a view that keeps its promises.
#![no_main]

libfuzzer_sys::fuzz_target!(|source: &str| {
    // The text itself says where it is torn: each input is one case, whatever ran before it.
    let mut torn = String::with_capacity(source.len() * 2);
    let mut state = 0_u32;
    for character in source.chars() {
        torn.push(character);
        state = state.wrapping_mul(31).wrapping_add(u32::from(character));
        match state % 41 {
            0 => torn.push_str("\n\n"),
            1 => torn.push_str("\n\t\t\t"),
            2 => torn.push('\n'),
            _ => {}
        }
    }
    // No format forced: telling torn text from the rest is part of what is tested.
    oracle::check(&torn, None);
});
