//! The `[limits]` table: AWS's quotas, raised or lowered by whoever owns the machine.
//!
//! What is left out is AWS's, or Landline's own where AWS names no number.

use std::time::Duration;

use landline_gateway::quotas::{Limits, MessageLimits, ResourceLimits};
use landline_gateway::throttle::Rate;
use serde::Deserialize;

/// Limits of one source, each of them optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsLayer {
    /// The largest frame that a client may send; AWS's 32,768.
    pub frame_bytes: Option<usize>,
    /// The largest message in either direction; AWS's 131,072.
    pub message_bytes: Option<usize>,
    /// A connection without messages ends after this long; AWS's 600.
    pub idle_timeout_seconds: Option<u64>,
    /// A connection ends after this long, whatever it does; AWS's 7200.
    pub connection_duration_seconds: Option<u64>,
    /// Connections that may be opened per second; AWS's 500.
    pub new_connections_per_second: Option<u32>,
    /// Connections that may be opened at once.
    pub new_connections_burst: Option<u32>,
    /// Messages and `@connections` calls per second, all together; AWS's 10,000 are
    /// not in force unless this is set.
    pub account_calls_per_second: Option<u32>,
    /// The same at once; AWS's 5,000.
    pub account_calls_burst: Option<u32>,
    /// Integration calls in flight per connection.
    pub calls_in_flight: Option<u32>,
    /// `$connect` calls in flight.
    pub handshakes_in_flight: Option<usize>,
    /// Messages that may wait for one client.
    pub queued_messages: Option<usize>,
    /// Bytes that may wait for one client.
    pub queued_bytes: Option<usize>,
    /// How long a stop waits for `$disconnect` and messages in flight.
    pub drain_timeout_seconds: Option<u64>,
    /// APIs of the node; AWS's 600.
    pub apis: Option<usize>,
    /// Routes of an API; AWS's 300.
    pub routes_per_api: Option<usize>,
    /// Integrations of an API; AWS's 300.
    pub integrations_per_api: Option<usize>,
    /// Stages of an API; AWS's 10.
    pub stages_per_api: Option<usize>,
}

impl LimitsLayer {
    /// Tells what cannot be a limit.
    pub(super) fn check(&self, mistakes: &mut Vec<String>) {
        let numbers = [
            ("idle_timeout_seconds", self.idle_timeout_seconds),
            (
                "connection_duration_seconds",
                self.connection_duration_seconds,
            ),
            (
                "new_connections_per_second",
                self.new_connections_per_second.map(u64::from),
            ),
            (
                "new_connections_burst",
                self.new_connections_burst.map(u64::from),
            ),
            ("frame_bytes", self.frame_bytes.map(|n| n as u64)),
            ("message_bytes", self.message_bytes.map(|n| n as u64)),
            ("calls_in_flight", self.calls_in_flight.map(u64::from)),
            ("queued_messages", self.queued_messages.map(|n| n as u64)),
            (
                "handshakes_in_flight",
                self.handshakes_in_flight.map(|n| n as u64),
            ),
        ];
        for (name, number) in numbers {
            if number == Some(0) {
                mistakes.push(format!("limits.{name} is 0, and nothing would work"));
            }
        }
        let limits = self.gateway();
        let message_bytes = limits.messages.message_bytes;
        if message_bytes > MESSAGE_BYTES_MAX {
            mistakes.push(format!(
                "limits.message_bytes is more than {MESSAGE_BYTES_MAX}, the largest body of a post that is read"
            ));
        }
        if limits.queued_bytes < message_bytes {
            mistakes.push(format!(
                "limits.queued_bytes is less than {message_bytes}, the largest message"
            ));
        }
    }

    /// The data plane's limits.
    pub fn gateway(&self) -> Limits {
        let aws = Limits::default();
        let seconds = |given: Option<u64>, default| given.map_or(default, Duration::from_secs);
        Limits {
            messages: MessageLimits {
                frame_bytes: self.frame_bytes.unwrap_or(aws.messages.frame_bytes),
                message_bytes: self.message_bytes.unwrap_or(aws.messages.message_bytes),
                ..aws.messages
            },
            idle_timeout: seconds(self.idle_timeout_seconds, aws.idle_timeout),
            connection_duration: seconds(self.connection_duration_seconds, aws.connection_duration),
            drain_timeout: seconds(self.drain_timeout_seconds, aws.drain_timeout),
            new_connections: rate(
                self.new_connections_per_second,
                self.new_connections_burst,
                aws.new_connections,
            ),
            account_calls: self.account_calls(),
            calls_in_flight: self.calls_in_flight.unwrap_or(aws.calls_in_flight),
            handshakes_in_flight: self
                .handshakes_in_flight
                .unwrap_or(aws.handshakes_in_flight),
            queued_messages: self.queued_messages.unwrap_or(aws.queued_messages),
            queued_bytes: self.queued_bytes.unwrap_or(aws.queued_bytes),
            ..aws
        }
    }

    /// Either number alone brings the account's throttle into force.
    fn account_calls(&self) -> Option<Rate> {
        let (steady, burst) = (self.account_calls_per_second, self.account_calls_burst);
        (steady.is_some() || burst.is_some()).then(|| rate(steady, burst, ACCOUNT_CALLS))
    }

    /// The control plane's limits.
    pub fn resources(&self) -> ResourceLimits {
        let aws = ResourceLimits::default();
        ResourceLimits {
            apis: self.apis.unwrap_or(aws.apis),
            routes_per_api: self.routes_per_api.unwrap_or(aws.routes_per_api),
            integrations_per_api: self
                .integrations_per_api
                .unwrap_or(aws.integrations_per_api),
            stages_per_api: self.stages_per_api.unwrap_or(aws.stages_per_api),
            ..aws
        }
    }
}

fn rate(per_second: Option<u32>, burst: Option<u32>, default: Rate) -> Rate {
    Rate {
        per_second: per_second.map_or(default.per_second, f64::from),
        burst: burst.map_or(default.burst, f64::from),
    }
}

/// AWS's account throttle.
const ACCOUNT_CALLS: Rate = Rate {
    per_second: 10_000.0,
    burst: 5_000.0,
};

/// What the front door reads of a post to a connection, but for the byte that is too many.
const MESSAGE_BYTES_MAX: usize = 1024 * 1024 - 1;
