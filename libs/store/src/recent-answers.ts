/**
 * The answers to the last questions, where an answer never changes: who asks again has it at once, and who asks while it is being found waits for the
 * same. An error is no answer and is not kept.
 */
import { awaitedLater } from '#promises';

export class RecentAnswers<T> {
  /** From the one that was asked for longest ago on. */
  private readonly held = new Map<string, Promise<T>>();

  /** @param most how many are kept */
  constructor(private readonly most: number) {}

  get(question: string, find: () => Promise<T>): Promise<T> {
    const known = this.held.get(question);
    if (known !== undefined) {
      this.held.delete(question);
      this.held.set(question, known);
      return known;
    }
    const answer = awaitedLater(find());
    this.held.set(question, answer);
    answer.catch(() => this.held.delete(question));
    const [oldest] = this.held.keys();
    if (this.held.size > this.most) this.held.delete(oldest);
    return answer;
  }
}
