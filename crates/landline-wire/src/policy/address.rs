//! The `IpAddress` operators, and `cidr` of event patterns: an address in a range of CIDR notation.

use std::net::IpAddr;

/// Whether an address is in a range; a range without a length is one address.
pub(crate) fn is_in_range(range: &str, address: &str) -> Option<bool> {
    let (network, length) = match range.split_once('/') {
        Some((network, length)) => (network, Some(length.parse::<u32>().ok()?)),
        None => (range, None),
    };
    let network: IpAddr = network.parse().ok()?;
    let address: IpAddr = address.parse().ok()?;
    let (network, address, width) = match (network, address.to_canonical()) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            (network.to_bits().into(), address.to_bits().into(), 32)
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => (network.to_bits(), address.to_bits(), 128),
        _ => return Some(false),
    };
    let length = length.unwrap_or(width);
    let free = width.checked_sub(length)?;
    // Shifting by the whole width is no shift at all in Rust: everything is in `/0`.
    let cut = |bits: u128| bits.checked_shr(free).unwrap_or(0);
    Some(cut(network) == cut(address))
}
