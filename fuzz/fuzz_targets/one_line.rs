//! Any text without its line breaks, as scraped pages come → a view that keeps its promises.
#![no_main]

use policy_reader::Format;

libfuzzer_sys::fuzz_target!(|source: &str| {
    let joined = source.split_whitespace().collect::<Vec<_>>().join(" ");
    oracle::check(&joined, Some(Format::Plain));
});
