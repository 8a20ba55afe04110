//! The bytes of `data/zh/labels.model` → weights of hashed features.
//!
//! All numbers little-endian: `"PRL1"`; `bits: u8` (a feature is the highest `bits` bits of its hash);
//! `step: f32` (value of the weight 1); `near: f32`, `beside: f32` (share that headings and lead-in, and the lines before
//! and after, add); `reserve: f32` (see [`Model::reserve`]); 12 biases `f32`; `rows: u32`; `weights: u32`;
//! for each row the gap to the previous feature as LEB128; three planes of one byte a row, whose 24 bits say which of the
//! 24 weights (12 of the line itself, 12 that it lends to lines leaning on it) are not zero, highest bit first; those
//! weights as `i8`, column by column; the FNV-1a hash of everything before it, `u32`.

/// Eleven topics and importance.
pub const OUTPUTS: usize = 12;
/// A row holds the weights of the line itself and those it lends to others.
pub const COLUMNS: usize = 2 * OUTPUTS;
const MAGIC: &[u8] = b"PRL1";

/// Weights ready for look-up.
#[derive(Debug, Default)]
pub struct Model {
    shift: u32,
    /// One bit a feature: whether it has a row.
    known: Vec<u64>,
    /// The row of each feature that has one; `known` is asked first, as it fits the nearest cache.
    slots: Vec<u16>,
    /// For each row, where its weights start; one more at the end.
    starts: Vec<u32>,
    /// Column and weight.
    weights: Vec<(u8, i8)>,
    /// Value of the weight 1.
    pub step: f32,
    /// Share that the nearest and the outermost heading and the lead-in add.
    pub near: f32,
    /// Share that the lines before and after add.
    pub beside: f32,
    /// Where no topic is above 0, the best one is still given if importance is above this.
    pub reserve: f32,
    /// What each output starts from.
    pub bias: [f32; OUTPUTS],
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn f32(&mut self) -> Option<f32> {
        self.array().map(f32::from_le_bytes).filter(|value| value.is_finite())
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn leb128(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in [0, 7, 14, 21] {
            let [byte] = self.array()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

impl Model {
    /// Reads a model; none if the bytes are damaged or of another version.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(4)?)?;
        if fnv1a(body).to_le_bytes() != sum {
            return None;
        }
        let mut reader = Reader(body.strip_prefix(MAGIC)?);
        let [bits] = reader.array()?;
        let bits = u32::from(bits);
        if !(8..=24).contains(&bits) {
            return None;
        }
        let mut model = Self { shift: 32 - bits, ..Self::default() };
        model.step = reader.f32()?;
        model.near = reader.f32()?;
        model.beside = reader.f32()?;
        model.reserve = reader.f32()?;
        for bias in &mut model.bias {
            *bias = reader.f32()?;
        }
        let rows = reader.u32()? as usize;
        let count = reader.u32()? as usize;
        if rows > 1 << bits || count > rows * COLUMNS {
            return None;
        }
        model.known = vec![0; 1 << (bits - 6)];
        model.slots = vec![0; 1 << bits];
        let mut feature = 0;
        for row in 0..u16::try_from(rows).ok()? {
            let gap = reader.leb128()?;
            if gap == 0 && row > 0 {
                return None;
            }
            feature += gap;
            *model.slots.get_mut(feature as usize)? = row;
            *model.known.get_mut(feature as usize >> 6)? |= 1 << (feature & 63);
        }
        let planes = [reader.take(rows)?, reader.take(rows)?, reader.take(rows)?];
        let stored = reader.take(count)?;
        model.arrange(planes, stored)?;
        reader.0.is_empty().then_some(model)
    }

    /// Turns the columns of the file into rows.
    fn arrange(&mut self, planes: [&[u8]; 3], stored: &[u8]) -> Option<()> {
        let [high, middle, low] = planes;
        let masks: Vec<u32> =
            high.iter().zip(middle).zip(low).map(|((&h, &m), &l)| u32::from_be_bytes([0, h, m, l])).collect();
        self.starts.push(0);
        let mut sum = 0;
        for mask in &masks {
            sum += mask.count_ones();
            self.starts.push(sum);
        }
        if sum as usize != stored.len() {
            return None;
        }
        self.weights = vec![(0, 0); stored.len()];
        let mut next: Vec<u32> = self.starts.clone();
        let mut values = stored.iter();
        for column in 0..COLUMNS as u8 {
            let bit = 1 << (COLUMNS as u8 - 1 - column);
            for (mask, at) in masks.iter().zip(&mut next) {
                if mask & bit != 0 {
                    *self.weights.get_mut(*at as usize)? = (column, i8::from_le_bytes([*values.next()?]));
                    *at += 1;
                }
            }
        }
        Some(())
    }

    /// How many features have weights.
    pub fn rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The row of a hash, if its feature has one.
    pub fn row(&self, hash: u32) -> Option<usize> {
        let feature = hash.checked_shr(self.shift)?;
        let word = *self.known.get(feature as usize >> 6)?;
        (word >> (feature & 63) & 1 == 1).then(|| usize::from(*self.slots.get(feature as usize).unwrap_or(&0)))
    }

    /// Column and weight of each entry of a row.
    pub fn weights(&self, row: usize) -> &[(u8, i8)] {
        match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(&start), Some(&end)) => self.weights.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// The FNV-1a hash, which any change of one byte changes.
pub fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
