//! A cursor over stored bytes. Every read is checked: a damaged row is an error, never a panic.

use super::{CorruptItem, tag};

pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    #[inline]
    pub(super) fn byte(&mut self) -> Result<u8, CorruptItem> {
        let (first, rest) = self.bytes.split_first().ok_or(CorruptItem)?;
        self.bytes = rest;
        Ok(*first)
    }

    #[inline]
    pub(super) fn length(&mut self) -> Result<usize, CorruptItem> {
        let byte = self.byte()?;
        if byte & 0x80 == 0 {
            return Ok(usize::from(byte));
        }
        self.long_length(usize::from(byte & 0x7f))
    }

    fn long_length(&mut self, mut length: usize) -> Result<usize, CorruptItem> {
        for shift in [7, 14, 21, 28] {
            let byte = self.byte()?;
            length |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(length);
            }
        }
        Err(CorruptItem)
    }

    #[inline]
    pub(super) fn bytes(&mut self) -> Result<&'a [u8], CorruptItem> {
        let length = self.length()?;
        self.take(length)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, CorruptItem> {
        std::str::from_utf8(self.bytes()?).map_err(|_| CorruptItem)
    }

    /// The inside of a set, list or map, and how many members it has. The outer cursor is past it afterwards.
    pub(super) fn members(&mut self) -> Result<(Reader<'a>, usize), CorruptItem> {
        let mut inside = Reader {
            bytes: self.block()?,
        };
        let count = inside.length()?;
        // Every member takes a byte at least: a count beyond that is damage, and must not size a buffer.
        if count > inside.bytes.len() {
            return Err(CorruptItem);
        }
        Ok((inside, count))
    }

    pub(super) fn skip_value(&mut self) -> Result<(), CorruptItem> {
        match self.byte()? {
            tag::PLAIN | tag::STRING | tag::NUMBER | tag::BINARY => self.bytes().map(drop),
            tag::FALSE | tag::TRUE | tag::NULL => Ok(()),
            tag::STRING_SET..=tag::MAP => self.block().map(drop),
            _ => Err(CorruptItem),
        }
    }

    fn block(&mut self) -> Result<&'a [u8], CorruptItem> {
        let length = self.take(4)?;
        let length = u32::from_le_bytes(length.try_into().map_err(|_| CorruptItem)?);
        self.take(usize::try_from(length).map_err(|_| CorruptItem)?)
    }

    #[inline]
    fn take(&mut self, length: usize) -> Result<&'a [u8], CorruptItem> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(CorruptItem)?;
        self.bytes = rest;
        Ok(taken)
    }
}
