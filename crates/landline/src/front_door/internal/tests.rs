//! Who gets in, and what is said when the port is taken.

use std::io;
use std::net::SocketAddr;

use http::Request;

use super::{bind_failure, refuse_strangers};
use crate::front_door::{Arrival, Transport};

fn is_refused(peer: &str, host: &str, origin: Option<&str>) -> bool {
    let mut request = Request::builder()
        .uri("/_landline/stacks")
        .header("host", host);
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    let peer: SocketAddr = peer.parse().unwrap();
    let arrival = Arrival {
        peer,
        transport: Transport::Plain,
    };
    refuse_strangers(&request.body(()).unwrap(), arrival).is_some()
}

#[test]
fn programs_of_this_machine_get_in() {
    for host in [
        "127.0.0.1:4566",
        "localhost:4566",
        "localhost",
        "[::1]:4566",
    ] {
        assert!(!is_refused("127.0.0.1:9", host, None), "{host}");
        assert!(!is_refused("[::1]:9", host, None), "{host}");
        assert!(!is_refused("[::ffff:127.0.0.1]:9", host, None), "{host}");
    }
}

#[test]
fn web_pages_bent_names_and_other_machines_do_not() {
    assert!(is_refused(
        "127.0.0.1:9",
        "127.0.0.1:4566",
        Some("https://evil.test")
    ));
    assert!(is_refused("127.0.0.1:9", "127.0.0.1:4566", Some("null")));
    assert!(is_refused("127.0.0.1:9", "evil.test:4566", None));
    assert!(is_refused("127.0.0.1:9", "", None));
    assert!(is_refused("192.0.2.7:9", "127.0.0.1:4566", None));
}

#[test]
fn a_port_in_use_is_one_sentence_with_the_remedy() {
    let address: SocketAddr = "127.0.0.1:4566".parse().unwrap();
    let said = bind_failure(address, &io::Error::from(io::ErrorKind::AddrInUse));
    assert_eq!(
        said,
        "port 4566 of 127.0.0.1 is in use\n  \
         Another Landline, or another emulator, is running. Stop it, or choose a port: --listen 127.0.0.1:0"
    );
}
