//! data/ → typed tables: the only reader of what a language or a law says.

pub mod messages;
