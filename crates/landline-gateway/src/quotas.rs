//! Every limit of the data plane, in one place.
//!
//! The constants are AWS's quotas; [`Limits`] holds those that a self-hoster may raise.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html>.

use std::time::Duration;

use crate::throttle::Rate;

/// The largest frame that a client may send, 32 KiB.
pub const FRAME_BYTES: usize = 32 * 1024;
/// The largest message in either direction, 128 KiB.
pub const MESSAGE_BYTES: usize = 128 * 1024;
/// Into how many frames a client may cut one message.
pub const FRAGMENTS: usize = 1024;
/// The longest URL of a handshake, in characters.
pub const URL_CHARS: usize = 4096;
/// The longest integration timeout, which is also the default.
pub const INTEGRATION_TIMEOUT: Duration = Duration::from_secs(29);
/// The largest result of a Lambda authorizer, 8 KB.
pub const AUTHORIZER_RESULT_BYTES: usize = 8 * 1024;

/// The largest request of an HTTP or a REST API, 10 MB.
pub const HTTP_REQUEST_BYTES: usize = 10 * 1024 * 1024;
/// The longest integration timeout of an HTTP API, which is also the default.
pub const HTTP_INTEGRATION_TIMEOUT: Duration = Duration::from_secs(30);
/// How long an authorizer's answer may be kept.
pub const AUTHORIZER_TTL: Duration = Duration::from_hours(1);
/// Answers of authorizers that a stage keeps at once.
pub const CACHED_AUTHORIZATIONS: usize = 4096;
/// How long the keys of an issuer of tokens are kept, as AWS keeps them.
pub const JWT_KEYS_KEPT: Duration = Duration::from_hours(2);
/// How soon an issuer is asked again for a key that it did not have.
pub const JWT_KEYS_FETCH_PAUSE: Duration = Duration::from_secs(10);
/// How long an issuer may take to answer.
pub const JWT_KEYS_TIMEOUT: Duration = Duration::from_secs(5);
/// Issuers whose keys are kept.
pub const JWT_ISSUERS: usize = 256;

/// The largest answer of an HTTP integration, API Gateway's payload limit of 10 MB.
/// See <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>.
pub const BACKEND_ANSWER_BYTES: usize = 10 * 1024 * 1024;

/// The largest format of an access log, 3 KB.
pub const ACCESS_LOG_FORMAT_BYTES: usize = 3 * 1024;
/// Where a line of the execution log is cut.
pub const EXECUTION_LOG_LINE_BYTES: usize = 1024;
/// Lines of logs that may wait to be written, over all stages.
pub const QUEUED_LOG_LINES: usize = 16 * 1024;
/// Routes of a stage that may have metrics of their own: all that an API has, and those of
/// Landline's own making.
pub const DETAILED_ROUTES: usize = 512;

/// The limits of a gateway that its owner may change. The defaults are AWS's.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// How large messages may be.
    pub messages: MessageLimits,
    /// A connection without messages ends after this long.
    pub idle_timeout: Duration,
    /// A connection ends after this long, whatever it does.
    pub connection_duration: Duration,
    /// How often idle and expired connections are looked for.
    pub sweep_interval: Duration,
    /// How long a message may take from its first frame to its last.
    pub message_duration: Duration,
    /// How long a client may take not a single byte that is due to it.
    pub write_stall: Duration,
    /// How long a client may take to answer a close frame.
    pub close_wait: Duration,
    /// Integration calls in flight per connection; at the limit its socket is not read.
    pub calls_in_flight: u32,
    /// How fast pings and pongs of one connection may come.
    pub control_frames: Rate,
    /// Messages that may wait for one client.
    pub queued_messages: usize,
    /// Bytes that may wait for one client.
    pub queued_bytes: usize,
    /// How long a POST waits for room in a client's queue before it is refused.
    pub queue_wait: Duration,
    /// How long a POST waits for a handshake in flight before its connection counts as gone.
    pub handshake_wait: Duration,
    /// How fast connections may be opened. AWS's 500 per second hold in the long
    /// run; AWS names no burst, and a fleet that reconnects needs one.
    pub new_connections: Rate,
    /// `$connect` calls in flight, over all stages.
    pub handshakes_in_flight: usize,
    /// How fast messages and `@connections` may come, all together. AWS gives an
    /// account 10,000 per second and 5,000 at once, to share its machines with
    /// others; a node of one's own is not limited unless its owner says so.
    pub account_calls: Option<Rate>,
    /// How often CloudWatch gets what was counted.
    pub metrics_interval: Duration,
    /// How long a drain waits for `$disconnect` and messages in flight.
    pub drain_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            messages: MessageLimits::default(),
            idle_timeout: Duration::from_mins(10),
            connection_duration: Duration::from_hours(2),
            sweep_interval: Duration::from_secs(1),
            message_duration: Duration::from_mins(1),
            write_stall: Duration::from_secs(30),
            close_wait: Duration::from_secs(5),
            calls_in_flight: 32,
            control_frames: Rate::new(10, 50),
            queued_messages: 64,
            queued_bytes: 1024 * 1024,
            queue_wait: Duration::from_millis(250),
            handshake_wait: Duration::from_secs(1),
            new_connections: Rate::new(500, 10_000),
            handshakes_in_flight: 1000,
            account_calls: None,
            metrics_interval: Duration::from_secs(5),
            drain_timeout: Duration::from_secs(30),
        }
    }
}

/// How large a message may be, and into what it may be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageLimits {
    /// The largest frame that a client may send.
    pub frame_bytes: usize,
    /// The largest message in either direction.
    pub message_bytes: usize,
    /// Into how many frames a client may cut one message.
    pub fragments: usize,
}

impl Default for MessageLimits {
    fn default() -> Self {
        Self {
            frame_bytes: FRAME_BYTES,
            message_bytes: MESSAGE_BYTES,
            fragments: FRAGMENTS,
        }
    }
}

/// The most characters of a stage variable's name.
pub const STAGE_VARIABLE_NAME_CHARS: usize = 64;
/// The most characters of a stage variable's value.
pub const STAGE_VARIABLE_VALUE_CHARS: usize = 512;
/// The most characters of a mapping template.
pub const TEMPLATE_CHARS: usize = 32 * 1024;
/// The most characters of a description.
pub const DESCRIPTION_CHARS: usize = 1024;
/// The shortest integration timeout.
pub const LEAST_INTEGRATION_TIMEOUT: Duration = Duration::from_millis(50);
/// The most characters of an API mapping's key.
pub const MAPPING_KEY_CHARS: usize = 300;
/// The most characters of a domain name, as DNS has it.
pub const DOMAIN_NAME_CHARS: usize = 253;
/// The largest truststore of a custom domain, 1 MiB.
pub const TRUSTSTORE_BYTES: u64 = 1024 * 1024;
/// The most certificates of a truststore.
pub const TRUSTSTORE_CERTIFICATES: usize = 1000;
/// The most characters of a parameter mapping's source.
pub const MAPPING_CHARS: usize = 512;
/// The most characters of a model's schema.
pub const SCHEMA_CHARS: usize = 32 * 1024;
/// How many subschemas of a model may look at one value of a message.
pub const SCHEMA_STEPS: u64 = 10_000;
/// How deeply subschemas of a model may be nested that look at the same value.
pub const SCHEMA_NESTING: usize = 16;
/// How many references a model's schema may have.
pub const SCHEMA_REFERENCES: usize = 200;
/// For how many days the calls of an API key are known.
pub const USAGE_DAYS: usize = 90;
/// How many errors of a message's validation are told.
pub const VALIDATION_ERRORS: usize = 10;
/// The most characters of one error of a message's validation.
pub const VALIDATION_ERROR_CHARS: usize = 512;
/// How often a pattern of a model may go back in a text.
pub const PATTERN_BACKTRACKS: usize = 100_000;
/// The most parts of the documentation of a REST API.
pub const DOCUMENTATION_PARTS: usize = 2000;
/// How many automatic deployments that no stage points to are kept.
pub const AUTOMATIC_DEPLOYMENTS_KEPT: usize = 10;

/// How many resources there may be. The defaults are AWS's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceLimits {
    /// APIs of the node.
    pub apis: usize,
    /// Routes of an API.
    pub routes_per_api: usize,
    /// Integrations of an API.
    pub integrations_per_api: usize,
    /// Authorizers of an API.
    pub authorizers_per_api: usize,
    /// Integration responses of an integration.
    pub responses_per_integration: usize,
    /// Models of an API.
    pub models_per_api: usize,
    /// Stages of an API.
    pub stages_per_api: usize,
    /// Variables of a stage.
    pub variables_per_stage: usize,
    /// Tags of an API, a stage or a custom domain.
    pub tags_per_resource: usize,
    /// Custom domain names of the node.
    pub domain_names: usize,
    /// API mappings of a custom domain.
    pub mappings_per_domain: usize,
    /// VPC links of the node.
    pub vpc_links: usize,
    /// API keys of the node.
    pub api_keys: usize,
    /// Client certificates per account.
    pub client_certificates: usize,
    /// Usage plans of the node.
    pub usage_plans: usize,
}

impl Default for ResourceLimits {
    fn default() -> Self {
        Self {
            apis: 600,
            routes_per_api: 300,
            integrations_per_api: 300,
            authorizers_per_api: 10,
            // AWS names no quota; these are those of REST APIs' resources.
            responses_per_integration: 300,
            models_per_api: 300,
            stages_per_api: 10,
            variables_per_stage: 100,
            tags_per_resource: 50,
            domain_names: 120,
            mappings_per_domain: 200,
            vpc_links: 10,
            api_keys: 10_000,
            client_certificates: 60,
            usage_plans: 300,
        }
    }
}

/// The most bytes of a mapping template, 300 KB.
pub const MAPPING_TEMPLATE_BYTES: usize = 300 * 1024;
/// The most iterations of one `#foreach`.
pub const FOREACH_ITERATIONS: usize = 1000;
/// The most work of one rendering: statements, operators, elements visited. AWS names
/// no figure; a template that fills a message needs a few thousand.
pub const MAPPING_STEPS: u64 = 1_000_000;
/// The most bytes that a rendering may make, in its output and in strings on the way.
/// API Gateway carries payloads of up to 10 MB.
pub const MAPPING_OUTPUT_BYTES: usize = 10 * 1024 * 1024;
/// How deep a template's blocks, brackets and strings may nest.
pub const MAPPING_NESTING: usize = 64;
/// How deep macros, definitions and values may nest in a rendering.
pub const MAPPING_DEPTH: usize = 128;
/// The most bytes of a compiled regular expression in a template.
pub const MAPPING_REGEX_BYTES: usize = 256 * 1024;
/// The most characters of a JSONPath.
pub const JSON_PATH_BYTES: usize = 4096;

/// How deep a definition in YAML may nest; Landline's own limit.
pub(crate) const DEFINITION_DEPTH: usize = 64;

/// Values of a definition in YAML, with what its aliases stand for; Landline's own limit.
pub(crate) const DEFINITION_VALUES: usize = 200_000;
