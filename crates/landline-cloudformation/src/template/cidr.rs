//! `Fn::Cidr`: cuts a block of addresses into equal smaller ones.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html>

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The first `count` blocks with `host_bits` bits of addresses each; nothing if they do not fit or the block is none.
pub(super) fn blocks(block: &str, count: u32, host_bits: Option<u32>) -> Option<Vec<String>> {
    let (address, prefix) = block.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let prefix: u32 = prefix.parse().ok()?;
    let (width, base) = match address {
        IpAddr::V4(address) => (32_u32, u128::from(address.to_bits())),
        IpAddr::V6(address) => (128, address.to_bits()),
    };
    // The default of 8 is documented for IPv4, 64 is what IPv6 subnets have.
    let host_bits = host_bits.unwrap_or(if width == 32 { 8 } else { 64 });
    let free_bits = width.checked_sub(prefix)?;
    let subnet_bits = free_bits.checked_sub(host_bits)?;
    let fits = subnet_bits >= 32 || u64::from(count) <= 1 << subnet_bits;
    if !(1..=MAX_BLOCKS).contains(&count) || !fits || host_bits == 0 {
        return None;
    }
    let network = if free_bits >= 128 {
        0
    } else {
        (base >> free_bits) << free_bits
    };
    let names = (0..count).map(|index| {
        let bits = network | (u128::from(index) << host_bits.min(127));
        let address = match width {
            32 => IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(bits).unwrap_or(u32::MAX))),
            _ => IpAddr::V6(Ipv6Addr::from_bits(bits)),
        };
        format!("{address}/{}", width - host_bits)
    });
    Some(names.collect())
}

const MAX_BLOCKS: u32 = 256;
