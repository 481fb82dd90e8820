// Package library keeps every server's stories, and answers from them and from the operator's.
//
// [Libraries] is what a bot needs of it. The truth is in a [Store] (store.go; package sqlite is
// one, package storetest tests them all). Of it are made the indexes that answer: one for the
// operator's stories (operator.go) and one for each server that has its own, which is opened when
// somebody asks and closed when others are asked more (shelf.go, snapshot.go).
//
//   - A question goes to both indexes by itself, and their answers become one (answer.go,
//     merge.go); lists.go does the same for what is listed and offered.
//   - A change is planned by add.go, remove.go or import.go and carried out by change.go: the new
//     index is made aside, then the store takes the change in one transaction, then the index
//     answers. A crash at any moment leaves what was acknowledged, since an index whose revision
//     is not the store's is thrown away and made anew.
//   - run.go erases what can no longer be undone and notices what another process changed;
//     sweep.go removes what crashes leave.
//
// The package promises that a library's stories are seen in that library alone, and that they
// answer there as if there were no others. It does not know Discord: who may change a library is
// for its caller to say. Start with libraries.go.
package library
