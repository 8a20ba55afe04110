//! A privacy policy's text → outline, highlights and a plain-language card.
#![no_std]
extern crate alloc;
pub mod view;
