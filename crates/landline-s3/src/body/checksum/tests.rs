//! Check values from the catalogues, and the law that joined parts are the whole.

use super::{ALL, Algorithm, Extent, Hasher, join};

fn checksum(algorithm: Algorithm, bytes: &[u8]) -> String {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(bytes);
    hasher.finish()
}

#[test]
fn known_values_come_out() {
    // "123456789": 0xCBF43926, 0xE3069283, 0xAE8B14860A799888.
    assert_eq!(checksum(Algorithm::Crc32, b"123456789"), "y/Q5Jg==");
    assert_eq!(checksum(Algorithm::Crc32C, b"123456789"), "4waSgw==");
    assert_eq!(checksum(Algorithm::Crc64Nvme, b"123456789"), "rosUhgp5mIg=");
    assert_eq!(
        checksum(Algorithm::Sha1, b"123456789"),
        "98O8HYCOBHMq32eZZczDTKeuNEE="
    );
}

#[test]
fn pieces_of_any_length_give_the_same() {
    let bytes: Vec<u8> = (0..1000_u32).map(|it| it.to_le_bytes()[0]).collect();
    for algorithm in ALL {
        let mut hasher = Hasher::new(algorithm);
        for piece in bytes.chunks(7) {
            hasher.update(piece);
        }
        assert_eq!(hasher.finish(), checksum(algorithm, &bytes));
    }
}

#[test]
fn the_checksums_of_parts_join_to_that_of_the_whole() {
    let bytes: Vec<u8> = (0..5000_u32).map(|it| (it * 7).to_le_bytes()[0]).collect();
    let parts = [&bytes[..1234], &bytes[1234..1235], &bytes[1235..]];
    for algorithm in [Algorithm::Crc32, Algorithm::Crc32C, Algorithm::Crc64Nvme] {
        let sums = parts.map(|part| checksum(algorithm, part));
        let sums = [0, 1, 2].map(|at| (sums[at].as_str(), parts[at].len() as u64));
        let joined = join(algorithm, Extent::FullObject, &sums);
        assert_eq!(joined, Some(checksum(algorithm, &bytes)));
    }
}

#[test]
fn a_composite_checksum_is_that_of_the_parts_checksums_with_their_number() {
    let sums = [("y/Q5Jg==", 9), ("y/Q5Jg==", 9)];
    let joined = join(Algorithm::Crc32, Extent::Composite, &sums).unwrap();
    let pair = [0xCB, 0xF4, 0x39, 0x26, 0xCB, 0xF4, 0x39, 0x26];
    assert_eq!(joined, format!("{}-2", checksum(Algorithm::Crc32, &pair)));
    assert_eq!(
        join(Algorithm::Crc32, Extent::FullObject, &[("x", 1)]),
        None
    );
}
