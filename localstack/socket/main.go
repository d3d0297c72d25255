// Socket opens one connection as a customer who is logged in at the shop. It sends each line of its input as a frame and prints
// the frames that it gets, with the seconds since the connection opened. So it shows what the gateway does and no page shows.
//
//	echo '{"action":"ping"}' | go run ./localstack/socket -ws $WS -secret "$SECRET"
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"time"

	"github.com/coder/websocket"
	"github.com/golang-jwt/jwt/v5"
)

// maxFrame is more than the gateway accepts, to see how it refuses.
const maxFrame = 1 << 20

func main() {
	ws := flag.String("ws", "", "where clients connect: the output Ws of the stack")
	secret := flag.String("secret", "", "the secret of the stage, which signs its customers' tokens")
	site := flag.String("site", "", "which of the stage's shops, where it has several; the secret is that shop's")
	who := flag.String("as", "day-one", "which customer, as the shop would call them")
	after := flag.Duration("for", 5*time.Second, "how long to listen once all is sent")
	flag.Parse()
	if err := run(context.Background(), *ws, *site, *secret, *who, *after, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "socket:", err)
		os.Exit(1)
	}
}

// run connects, sends and listens. A connection that the gateway closes is printed, and is no error.
func run(ctx context.Context, ws, site, secret, who string, after time.Duration, frames io.Reader, out io.Writer) error {
	claims := jwt.MapClaims{"aud": "rejoin", "sub": who, "name": "Day One", "exp": time.Now().Add(time.Hour).Unix()}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(secret))
	if err != nil {
		return fmt.Errorf("sign the token: %w", err)
	}
	query := url.Values{"token": {token}}
	if site != "" {
		query.Set("site", site)
	}
	conn, response, err := websocket.Dial(ctx, ws+"?"+query.Encode(), nil) //nolint:bodyclose // the library has read it
	if err != nil {
		if response != nil {
			return fmt.Errorf("not let in: HTTP %s", response.Status)
		}
		return errors.New("nothing answers there") // the library's error quotes the address with the token
	}
	defer conn.CloseNow() //nolint:errcheck // closed already, or not needed
	opened := time.Now()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		listen(ctx, conn, opened, log.New(out, "", 0))
	}()
	lines := bufio.NewScanner(frames)
	lines.Buffer(nil, maxFrame)
	for lines.Scan() {
		if err := conn.Write(ctx, websocket.MessageText, lines.Bytes()); err != nil {
			break // listen prints how it ended
		}
	}
	select {
	case <-ended:
	case <-time.After(after):
		return conn.Close(websocket.StatusNormalClosure, "")
	}
	return lines.Err()
}

// listen prints every frame, also empty ones, and the code with which the connection closes.
func listen(ctx context.Context, conn *websocket.Conn, opened time.Time, out *log.Logger) {
	for {
		_, frame, err := conn.Read(ctx)
		since := time.Since(opened).Seconds()
		if err != nil {
			if code := websocket.CloseStatus(err); code >= 0 {
				out.Printf("%8.3f closed with %d", since, code)
			} else {
				out.Printf("%8.3f cut", since)
			}
			return
		}
		if len(frame) == 0 {
			frame = []byte("(an empty frame)")
		}
		out.Printf("%8.3f %s", since, frame)
	}
}
