//! The checksums of objects: computed while bytes pass, and joined from those of parts.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

/// How a checksum is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Algorithm {
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
}

/// Whether a multipart object's checksum is that of its bytes or that of its parts' checksums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Extent {
    FullObject,
    Composite,
}

/// An object's checksum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checksum {
    pub(crate) algorithm: Algorithm,
    /// In base64; a composite one ends with the number of parts.
    pub(crate) value: String,
    pub(crate) extent: Extent,
}

pub(crate) const ALL: [Algorithm; 5] = [
    Algorithm::Crc32,
    Algorithm::Crc32C,
    Algorithm::Crc64Nvme,
    Algorithm::Sha1,
    Algorithm::Sha256,
];

impl Algorithm {
    /// The name that requests give it.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        ALL.into_iter()
            .find(|it| it.name().eq_ignore_ascii_case(name))
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32C => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    /// The header field, also as a trailer.
    pub(crate) fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32C => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
        }
    }

    /// The element in documents.
    pub(crate) fn element(self) -> &'static str {
        match self {
            Self::Crc32 => "ChecksumCRC32",
            Self::Crc32C => "ChecksumCRC32C",
            Self::Crc64Nvme => "ChecksumCRC64NVME",
            Self::Sha1 => "ChecksumSHA1",
            Self::Sha256 => "ChecksumSHA256",
        }
    }

    /// What a multipart upload gets that does not say.
    pub(crate) fn default_extent(self) -> Extent {
        match self {
            Self::Crc64Nvme => Extent::FullObject,
            _ => Extent::Composite,
        }
    }

    /// Whether there is such a checksum of a multipart object.
    pub(crate) fn allows(self, extent: Extent) -> bool {
        match extent {
            Extent::FullObject => !matches!(self, Self::Sha1 | Self::Sha256),
            Extent::Composite => self != Self::Crc64Nvme,
        }
    }
}

impl Extent {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::FullObject => "FULL_OBJECT",
            Self::Composite => "COMPOSITE",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::FullObject, Self::Composite]
            .into_iter()
            .find(|it| it.name().eq_ignore_ascii_case(name))
    }
}

/// A checksum in the making.
pub(crate) enum Hasher {
    Crc32(crc32fast::Hasher),
    Crc32C(u64),
    Crc64Nvme(u64),
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Hasher {
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Crc32 => Self::Crc32(crc32fast::Hasher::new()),
            Algorithm::Crc32C => Self::Crc32C(u64::from(u32::MAX)),
            Algorithm::Crc64Nvme => Self::Crc64Nvme(u64::MAX),
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc32(hasher) => hasher.update(bytes),
            Self::Crc32C(value) => *value = advance(&CRC32C, *value, bytes),
            Self::Crc64Nvme(value) => *value = advance(&CRC64, *value, bytes),
            Self::Sha1(hasher) => hasher.update(bytes),
            Self::Sha256(hasher) => hasher.update(bytes),
        }
    }

    /// The checksum in base64.
    pub(crate) fn finish(self) -> String {
        match self {
            Self::Crc32(hasher) => STANDARD.encode(hasher.finalize().to_be_bytes()),
            Self::Crc32C(value) => STANDARD.encode(&(!value).to_be_bytes()[4..]),
            Self::Crc64Nvme(value) => STANDARD.encode((!value).to_be_bytes()),
            Self::Sha1(hasher) => STANDARD.encode(hasher.finalize()),
            Self::Sha256(hasher) => STANDARD.encode(hasher.finalize()),
        }
    }
}

/// The checksum of a multipart object from its parts' checksums and lengths. `None` when
/// one of them is no checksum of the algorithm.
pub(crate) fn join(algorithm: Algorithm, extent: Extent, parts: &[(&str, u64)]) -> Option<String> {
    let decoded = parts
        .iter()
        .map(|(checksum, length)| Some((STANDARD.decode(checksum).ok()?, *length)));
    let decoded: Vec<(Vec<u8>, u64)> = decoded.collect::<Option<_>>()?;
    if extent == Extent::Composite {
        let mut hasher = Hasher::new(algorithm);
        for (checksum, _) in &decoded {
            hasher.update(checksum);
        }
        return Some(format!("{}-{}", hasher.finish(), parts.len()));
    }
    let (polynomial, width) = match algorithm {
        Algorithm::Crc32 => (CRC32_POLYNOMIAL, 32),
        Algorithm::Crc32C => (CRC32C_POLYNOMIAL, 32),
        Algorithm::Crc64Nvme => (CRC64_POLYNOMIAL, 64),
        Algorithm::Sha1 | Algorithm::Sha256 => return None,
    };
    let mut whole: Option<u64> = None;
    for (checksum, length) in &decoded {
        if checksum.len() * 8 != width {
            return None;
        }
        let part = checksum
            .iter()
            .fold(0, |value, byte| value << 8 | u64::from(*byte));
        whole = Some(match whole {
            None => part,
            Some(before) => shifted(polynomial, width, before, *length) ^ part,
        });
    }
    let bytes = whole?.to_be_bytes();
    Some(STANDARD.encode(&bytes[8 - width / 8..]))
}

/// A CRC moved on by `length` zero bytes: a linear map over bits, squared again and again.
fn shifted(polynomial: u64, width: usize, value: u64, length: u64) -> u64 {
    let mut one_bit = [0; 64];
    one_bit[0] = polynomial;
    for (bit, row) in one_bit.iter_mut().enumerate().take(width).skip(1) {
        *row = 1 << (bit - 1);
    }
    let mut map = square(&square(&square(&one_bit, width), width), width);
    let (mut value, mut length) = (value, length);
    while length > 0 {
        if length & 1 == 1 {
            value = apply(&map, value);
        }
        length >>= 1;
        if length > 0 {
            map = square(&map, width);
        }
    }
    value
}

fn apply(map: &[u64; 64], value: u64) -> u64 {
    let (mut value, mut sum, mut row) = (value, 0, 0);
    while value != 0 {
        if value & 1 == 1 {
            sum ^= map[row];
        }
        value >>= 1;
        row += 1;
    }
    sum
}

fn square(map: &[u64; 64], width: usize) -> [u64; 64] {
    let mut squared = [0; 64];
    for (row, value) in squared.iter_mut().enumerate().take(width) {
        *value = apply(map, map[row]);
    }
    squared
}

type Tables = [[u64; 256]; 8];

/// Eight bytes at once.
fn advance(tables: &Tables, value: u64, bytes: &[u8]) -> u64 {
    let mut value = value;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mixed = (value ^ u64::from_le_bytes(*word)).to_le_bytes();
        value = 0;
        for (at, byte) in mixed.iter().enumerate() {
            value ^= tables[7 - at][usize::from(*byte)];
        }
    }
    for byte in rest {
        let index = value.to_le_bytes()[0] ^ byte;
        value = value >> 8 ^ tables[0][usize::from(index)];
    }
    value
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a constant function has no usize::from"
)]
const fn tables(polynomial: u64) -> Tables {
    let mut tables = [[0; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let mut value = byte;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 {
                value >> 1 ^ polynomial
            } else {
                value >> 1
            };
            bit += 1;
        }
        tables[0][byte as usize] = value;
        byte += 1;
    }
    let mut table = 1;
    while table < 8 {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[table - 1][byte];
            tables[table][byte] = before >> 8 ^ tables[0][(before & 0xff) as usize];
            byte += 1;
        }
        table += 1;
    }
    tables
}

/// With the bits in the order of the bytes, as all three are computed.
const CRC32_POLYNOMIAL: u64 = 0xEDB8_8320;
const CRC32C_POLYNOMIAL: u64 = 0x82F6_3B78;
const CRC64_POLYNOMIAL: u64 = 0x9A6C_9329_AC4B_C9B5;

static CRC32C: Tables = tables(CRC32C_POLYNOMIAL);
static CRC64: Tables = tables(CRC64_POLYNOMIAL);

#[cfg(test)]
mod tests;
