from boto3.session import Session
from chalice import Chalice

app = Chalice(app_name="chat")
app.websocket_api.session = Session()
app.experimental_feature_flags.update(["WEBSOCKETS"])


@app.on_ws_connect()
def connect(event):
    print(f"New connection: {event.connection_id}")


@app.on_ws_disconnect()
def disconnect(event):
    print(f"{event.connection_id} disconnected")


@app.on_ws_message()
def message(event):
    app.websocket_api.send(connection_id=event.connection_id, message=f"I got your message: {event.body}")
