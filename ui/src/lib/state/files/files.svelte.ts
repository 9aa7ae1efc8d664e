/** Every written file, for the table of files. */
import type { Backend } from '../../ipc/backend'
import type { FileOfLicense } from '../../ipc/generated'

export class Files {
  all = $state.raw<FileOfLicense[] | null>(null)

  constructor(private readonly backend: Backend) {}

  async again(): Promise<void> {
    this.all = await this.backend.everyFile()
  }
}
