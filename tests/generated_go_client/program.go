// Makes every call of the broker's API with the client that oapi-codegen makes from the served OpenAPI file. Each answer
// is read into Go's types: a number that does not fit, or a text where a number is to be, ends the program.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"time"
)

func main() {
	baseURL, clientID, clientSecret := os.Args[1], os.Args[2], os.Args[3]
	token := accessToken(baseURL, clientID, clientSecret)
	authorize := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
	broker := must(NewClientWithResponses(baseURL, WithRequestEditorFn(authorize)))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	created := must(broker.CreateSessionsWithResponse(ctx, []CreateSessionRequestData{
		{Name: to("dev"), Owner: to("ana"), Type: to("VIRTUAL"), MaxConcurrentClients: to(int64(3_000_000_000))},
		{Name: to("dev"), Owner: to("ana"), Type: to("VIRTUAL"), Requirements: to("tag:none = 'x'")},
	})).JSON200
	sessionID := *(*created.SuccessfulList)[0].Id
	refused := (*created.UnsuccessfulList)[0]

	session := waitForReady(ctx, broker)
	serverID := *session.Server.Id
	servers := must(broker.DescribeServersWithResponse(ctx, DescribeServersRequestData{MaxResults: to(1)})).JSON200
	server := (*servers.Servers)[0]
	connection := must(broker.GetSessionConnectionDataWithResponse(ctx, sessionID, `corp\ana`)).JSON200
	screenshots := must(broker.GetSessionScreenshotsWithResponse(ctx, []GetSessionScreenshotRequestData{
		{SessionId: &sessionID, MaxWidth: to(int64(320))}, {SessionId: to("none")},
	})).JSON200
	image := (*(*screenshots.SuccessfulList)[0].SessionScreenshot.Images)[0]
	permissions := must(broker.UpdateSessionPermissionsWithResponse(ctx, []UpdateSessionPermissionsRequestData{
		{SessionId: &sessionID, Owner: to("ana"), PermissionsFile: to("W10=")},
	})).JSON200
	closed := must(broker.CloseServersWithResponse(ctx, []CloseServerRequestData{{ServerId: &serverID}})).JSON200
	opened := must(broker.OpenServersWithResponse(ctx, []OpenServerRequestData{{ServerId: &serverID}, {ServerId: to("none")}})).JSON200
	deleted := must(broker.DeleteSessionsWithResponse(ctx, []DeleteSessionRequestData{
		{SessionId: &sessionID, Owner: to("ana")},
	})).JSON200

	must(0, json.NewEncoder(os.Stdout).Encode(map[string]any{
		"maxConcurrentClients": session.MaxConcurrentClients,
		"created":              session.CreationTime.IsZero(),
		"refused":              refused.FailureReason,
		"echoed":               refused.CreateSessionRequestData.Requirements,
		"moreThanInt32":        *server.Host.Memory.TotalBytes > 1<<31,
		"moreServers":          servers.NextToken != nil,
		"load":                 *server.Host.CpuLoadAverage.OneMinute >= 0,
		"connectionToken":      *connection.ConnectionToken != "",
		"image":                image.Format,
		"notPictured":          (*screenshots.UnsuccessfulList)[0].FailureReason,
		"permissions":          len(*permissions.SuccessfulList),
		"notClosed":            (*closed.UnsuccessfulList)[0].FailureCode,
		"notOpened":            (*opened.UnsuccessfulList)[0].FailureReason,
		"deleted":              (*deleted.SuccessfulList)[0].State,
	}))
}

func accessToken(baseURL, clientID, clientSecret string) string {
	request := must(http.NewRequest("POST", baseURL+"/oauth2/token?"+url.Values{"grant_type": {"client_credentials"}}.Encode(), nil))
	request.SetBasicAuth(clientID, clientSecret)
	response := must(http.DefaultClient.Do(request))
	defer response.Body.Close()
	var answer struct {
		AccessToken string `json:"access_token"`
		ExpiresIn   int    `json:"expires_in"`
	}
	must(0, json.NewDecoder(response.Body).Decode(&answer))
	return answer.AccessToken
}

func waitForReady(ctx context.Context, broker *ClientWithResponses) Session {
	for {
		filters := []KeyValuePair{{Key: to("owner"), Value: to("ana")}}
		listed := must(broker.DescribeSessionsWithResponse(ctx, DescribeSessionsRequestData{Filters: &filters})).JSON200
		if session := (*listed.Sessions)[0]; *session.State == "READY" {
			return session
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func to[T any](value T) *T { return &value }

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}
