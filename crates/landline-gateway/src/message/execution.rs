//! One execution of a route: what `$context` is made of, and the event that a proxy gets.
//!
//! A message, a handshake and an HTTP request are all the same to integrations.
//! Everything is borrowed, so that an execution costs a message nothing by itself;
//! each member of `$context` is made when a template, a mapping or a log asks for it.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html>.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use landline_wire::{Caller, Timestamp};
use serde_json::Value;

use super::context::{DisconnectContext, Handshake, MessageContext, Moment};
use super::subject::{Event, Subject};
use crate::connection::Connection;
use crate::deployment::live::StageSlot;
use crate::deployment::snapshot::{LiveStage, Route, StageTemplate};
use crate::gateway::DataPlane;
use crate::http::HttpCall;
use crate::integration::parameters::{Location, Origin};
use crate::mapping::{Parameters, Variables};
use crate::observe::{Observer, TraceContext};

/// What API Gateway calls itself, before the API's id.
const USER_AGENT: &str = "AmazonAPIGateway_";

/// One execution of a route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Execution<'a> {
    pub(crate) plane: &'a DataPlane,
    pub(crate) slot: &'a StageSlot,
    pub(crate) stage: &'a LiveStage,
    pub(crate) route: &'a Route,
    pub(crate) request_id: &'a str,
    pub(crate) time: Timestamp,
    pub(crate) occasion: Occasion<'a>,
    /// Who is told what happens, where the stage wants logs.
    pub(crate) observer: Option<&'a Observer>,
    /// Its place in a trace, where somebody traces.
    pub(crate) trace: Option<TraceContext>,
}

/// Why the route runs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Occasion<'a> {
    Connect {
        connection: &'a Connection,
        handshake: &'a Handshake,
        /// How long the Lambda authorizer took, where there is one.
        authorizer_latency: Option<Duration>,
    },
    Message {
        connection: &'a Connection,
        message_id: &'a str,
        body: &'a str,
    },
    Disconnect {
        connection: &'a Connection,
        status_code: u16,
        reason: &'a str,
    },
    /// A request for an HTTP or a REST API.
    Http(&'a HttpCall),
}

impl<'a> Execution<'a> {
    /// The event of a proxy integration.
    pub(crate) fn event(&self) -> Bytes {
        let moment = Moment {
            request_id: self.request_id,
            time: self.time,
        };
        match self.occasion {
            Occasion::Connect {
                connection,
                handshake,
                authorizer_latency,
            } => {
                let context = connection.context();
                context.connect_event(self.stage, handshake, authorizer_latency, moment)
            }
            Occasion::Message {
                connection,
                message_id,
                body,
            } => {
                let message = MessageContext {
                    route_key: self.route.key.as_str(),
                    message_id,
                    body,
                };
                let context = connection.context();
                context.message_event(self.stage, &message, moment)
            }
            Occasion::Disconnect {
                connection,
                status_code,
                reason,
            } => {
                let ended = DisconnectContext {
                    domain_name: &connection.domain_name,
                    status_code,
                    reason,
                };
                let context = connection.context();
                context.disconnect_event(self.stage, &ended, moment)
            }
            Occasion::Http(call) => call.event(self),
        }
    }

    /// Headers and query of a handshake or of an HTTP request.
    pub(crate) fn handshake(&self) -> Option<&'a Handshake> {
        match self.occasion {
            Occasion::Connect { handshake, .. } => Some(handshake),
            Occasion::Http(call) => Some(&call.head),
            Occasion::Message { .. } | Occasion::Disconnect { .. } => None,
        }
    }

    /// The HTTP request, where there is one.
    pub(crate) fn http(&self) -> Option<&'a HttpCall> {
        match self.occasion {
            Occasion::Http(call) => Some(call),
            _ => None,
        }
    }

    /// What `$input.params()` gives: a message has no parameters.
    pub(crate) fn parameters(&self) -> Parameters {
        let parameters = self.handshake().map(Handshake::parameters);
        Parameters {
            path: self
                .http()
                .map(|call| call.path_parameters.clone())
                .unwrap_or_default(),
            ..parameters.unwrap_or_default()
        }
    }

    /// What is passed on to an integration without a template.
    pub(crate) fn payload(&self) -> Bytes {
        match self.occasion {
            Occasion::Http(call) => call.body.clone(),
            _ => Bytes::copy_from_slice(self.body().as_bytes()),
        }
    }

    /// What the resource policy of a function is asked about.
    fn source_arn(&self) -> String {
        match self.occasion {
            Occasion::Http(call) => call.source_arn(self.stage),
            _ => self.stage.route_arn(&self.route.key),
        }
    }

    /// API Gateway, on behalf of the route.
    pub(crate) fn caller(&self) -> Caller {
        Caller {
            account_id: self.stage.account_id.clone(),
            region: self.stage.region.clone(),
            principal: "apigateway.amazonaws.com".into(),
            access_key_id: None,
            source_arn: Some(self.source_arn().into()),
            source_ip: None,
            user_agent: None,
            request_id: self.request_id.into(),
            trace_id: self.trace.map(|trace| trace.amazon().into()),
            creation_token: None,
        }
    }

    /// The same, or the role of an integration with credentials.
    pub(crate) fn caller_with(&self, credentials: Option<&StageTemplate>) -> Caller {
        let caller = self.caller();
        let Some(role) = credentials else {
            return caller;
        };
        Caller {
            principal: role.resolve(&self.stage.variables).into(),
            source_arn: None,
            // Says that the id is of this one call, as the header does on AWS.
            user_agent: Some(format!("{USER_AGENT}{}", self.stage.api_id).into()),
            ..caller
        }
    }

    /// What logs and metrics are told.
    pub(crate) fn subject(&self) -> Subject<'a> {
        let (connection, event) = match self.occasion {
            Occasion::Connect { connection, .. } => (Some(connection), Event::Connect),
            Occasion::Message {
                connection,
                message_id,
                body,
            } => {
                let message_id = Some(message_id);
                (Some(connection), Event::Message { message_id, body })
            }
            Occasion::Disconnect {
                connection,
                status_code,
                reason,
            } => {
                let event = Event::Disconnect {
                    status_code,
                    reason,
                };
                (Some(connection), event)
            }
            Occasion::Http(call) => (None, Event::Http(call)),
        };
        Subject {
            plane: self.plane,
            slot: self.slot,
            stage: self.stage,
            connection,
            route_key: Some(self.route.key.as_str()),
            request_id: self.request_id,
            time: self.time,
            event,
        }
    }
}

impl Variables for Execution<'_> {
    fn member(&self, name: &str) -> Option<Value> {
        self.subject().member(name)
    }
}

impl Origin for Execution<'_> {
    fn request_values(&self, location: Location, name: &str) -> Option<Vec<String>> {
        if location == Location::Path {
            let value = self.http()?.path_parameters.get(name)?;
            return Some(vec![value.clone()]);
        }
        let handshake = self.handshake()?;
        match location {
            Location::Path => None,
            Location::Header | Location::MultiValueHeader => handshake.header_values(name),
            Location::QueryString | Location::MultiValueQueryString => handshake.query_values(name),
        }
        .map(<[String]>::to_vec)
    }

    fn body(&self) -> &str {
        match self.occasion {
            Occasion::Message { body, .. } => body,
            Occasion::Http(call) => &call.text,
            Occasion::Connect { .. } | Occasion::Disconnect { .. } => "",
        }
    }

    fn stage_variables(&self) -> &BTreeMap<String, String> {
        &self.stage.variables
    }
}
